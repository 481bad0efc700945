/// The topics of one fleet: one prefix and one consumer group per model.
public struct TopicNames: Sendable, Hashable {
    /// The prefix without which nothing is said.
    public static let defaultPrefix = "dragoman."

    /// What all names begin with.
    public let prefix: String

    /// Creates the names under a prefix.
    /// - Throws: ``JobsError`` when the names would not be topic names.
    public init(prefix: String = defaultPrefix) throws(JobsError) {
        let isValid = prefix.utf8.allSatisfy { UInt8.isNameCharacter($0) }
        guard isValid, prefix.utf8.count <= 200 else {
            throw JobsError(
                .invalidTopicName, "prefix '\(prefix)': expected at most 200 letters, digits, '.', '_' and '-'")
        }
        self.prefix = prefix
    }

    /// Jobs somebody waits for.
    public var jobs: String { prefix + "jobs" }
    /// Jobs nobody waits for.
    public var bulkJobs: String { prefix + "jobs.bulk" }
    /// Results, at the partition number the job came from.
    public var results: String { prefix + "results" }
    /// What could not be done, as it came.
    public var deadLetters: String { prefix + "dead-letters" }
    /// Batch records.
    public var batches: String { prefix + "batches" }
    /// Cancellations.
    public var controls: String { prefix + "controls" }
    /// Jobs to be tried again after a delay.
    public func retries(_ delay: RetryDelay) -> String { prefix + "retries." + delay.rawValue }

    /// All of them.
    public var all: [String] {
        [jobs, bulkJobs, results] + RetryDelay.allCases.map(retries) + [deadLetters, batches, controls]
    }
}
