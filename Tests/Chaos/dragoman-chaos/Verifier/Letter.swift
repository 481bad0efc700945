import Jobs

/// A record of the dead letters' topic.
struct Letter: Sendable, Hashable {
    var key: String?
    var value: String?
    var headers: [String?]
    var place: RecordPlace
    /// Where the record was that it keeps.
    var origin: RecordPlace?
    var failureClass: String?
    var reason: String?
    /// By when the independent client had it.
    var seen: Int64
}
