import FoundationEssentials
import Jobs

/// Which dead letters are meant. What is `nil` or empty tells nothing apart; the rest has to hold together.
public struct DeadLetterFilter: Sendable, Hashable {
    /// A dead letter by name.
    public enum Name: Sendable, Hashable {
        /// All of a job.
        case jobID(String)
        /// The one at an offset of a partition.
        case place(partition: Int32, offset: Int64)

        /// Reads a job's id, or `PARTITION/OFFSET`.
        /// - Returns: `nil` for what is neither.
        public init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            if parts.count == 2, let partition = Int32(parts[0]), let offset = Int64(parts[1]), partition >= 0,
                offset >= 0
            {
                self = .place(partition: partition, offset: offset)
            } else if (try? TranslationJob.validate(id: text)) != nil {
                self = .jobID(text)
            } else {
                return nil
            }
        }
    }

    /// Any of these; empty for all.
    public var names: [Name] = []
    /// The batch's id.
    public var batchID: String?
    /// The job's id.
    public var jobID: String?
    /// The reason, by its name in the schema.
    public var reason: String?
    /// The kind of failure.
    public var failureClass: FailureClass?
    /// The worker that gave up.
    public var worker: String?
    /// The topic the message was submitted to.
    public var lane: String?
    /// Given up at this time or later.
    public var since: Date?
    /// Given up before this time.
    public var until: Date?

    /// Creates a filter that everything passes.
    public init() {}

    /// Whether everything passes.
    public var isEmpty: Bool { self == DeadLetterFilter() }

    /// Whether a dead letter passes.
    public func matches(_ letter: DeadLetter) -> Bool {
        (names.isEmpty || names.contains { Self.matches($0, letter) })
            && (batchID == nil || batchID == letter.batchID)
            && (jobID == nil || jobID == letter.jobID)
            && (reason == nil || reason == letter.reason)
            && (failureClass == nil || failureClass?.rawValue == letter.failureClass)
            && (worker == nil || worker == letter.worker)
            && (lane == nil || lane == letter.lane || lane == letter.origin?.topic)
            && (since.map { letter.date ?? .distantPast >= $0 } ?? true)
            && (until.map { letter.date ?? .distantFuture < $0 } ?? true)
    }

    private static func matches(_ name: Name, _ letter: DeadLetter) -> Bool {
        switch name {
        case .jobID(let id): letter.jobID == id
        case .place(let partition, let offset): letter.place.partition == partition && letter.place.offset == offset
        }
    }
}
