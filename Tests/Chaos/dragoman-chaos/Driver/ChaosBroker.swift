/// A broker that can be made to misbehave.
protocol ChaosBroker: Sendable {
    /// `HOST:PORT`.
    var address: String { get }
    /// Cuts it off, or brings it back.
    func setUp(_ isUp: Bool) async throws
    /// Has the next requests of a kind fail, one for each code.
    func fail(_ request: RequestKind, codes: [Int16]) throws
    /// Delays every answer.
    func setRoundTrip(milliseconds: Int) throws
    func stop() async
}
