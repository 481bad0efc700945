/// A job as the brokers took it.
struct Submission: Codable, Sendable, Hashable {
    var job: String
    var run: UInt32
    var batch: String
    /// ``JobPlan`` as a URI.
    var plan: String
    var isUnreadable: Bool
    var topic: String
    var partition: Int32
    var offset: Int64
    /// When it was sent, in nanoseconds since 1970.
    var time: Int64
    /// The job's deadline, in nanoseconds since 1970.
    var deadline: Int64?
    /// The record's value, byte for byte.
    var value: String
}
