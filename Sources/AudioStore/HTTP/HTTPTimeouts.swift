/// How long a server may take.
public struct HTTPTimeouts: Sendable, Hashable {
    /// To be connected with.
    public var connect: Duration
    /// Without sending anything.
    public var stall: Duration
    /// For everything together.
    public var total: Duration

    /// Creates limits of time.
    public init(connect: Duration = .seconds(10), stall: Duration = .seconds(30), total: Duration = .seconds(900)) {
        self.connect = connect
        self.stall = stall
        self.total = total
    }
}
