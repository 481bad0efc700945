/// The topics of one fleet: one prefix and one consumer group per model.
public struct TopicNames: Sendable, Hashable {
    /// The prefix without which nothing is said.
    public static let defaultPrefix = "dragoman."

    /// What all names begin with, but for lanes that are named otherwise.
    public let prefix: String
    /// Jobs somebody waits for.
    public let jobs: String
    /// Jobs nobody waits for.
    public let bulkJobs: String

    /// The longest name that Kafka takes.
    private static let lengthLimit = 249

    /// Creates the names under a prefix.
    /// - Parameters:
    ///   - jobs: topic of the jobs somebody waits for; `nil` for the prefix and `jobs`.
    ///   - bulkJobs: topic of the jobs nobody waits for; `nil` for the prefix and `jobs.bulk`.
    /// - Throws: ``JobsError`` when the names would not be topic names, or not all different.
    public init(
        prefix: String = defaultPrefix, jobs: String? = nil, bulkJobs: String? = nil
    ) throws(JobsError) {
        let isValid = prefix.utf8.allSatisfy { UInt8.isNameCharacter($0) }
        guard isValid, prefix.utf8.count <= 200 else {
            throw JobsError(
                .invalidTopicName, "prefix '\(prefix)': expected at most 200 letters, digits, '.', '_' and '-'")
        }
        self.prefix = prefix
        self.jobs = jobs ?? prefix + "jobs"
        self.bulkJobs = bulkJobs ?? prefix + "jobs.bulk"
        for lane in lanes { try Self.check(lane) }
        let names = all
        guard let repeated = lanes.first(where: { lane in names.count { $0 == lane } > 1 }) else { return }
        throw JobsError(.invalidTopicName, "topic '\(repeated)': expected another name for each of the fleet's topics")
    }

    /// Results, at the partition number the job came from.
    public var results: String { prefix + "results" }
    /// What could not be done, as it came.
    public var deadLetters: String { prefix + "dead-letters" }
    /// Batch records.
    public var batches: String { prefix + "batches" }
    /// What workers are told: cancellations, and partitions given back.
    public var controls: String { prefix + "controls" }
    /// Jobs to be tried again after a delay.
    public func retries(_ delay: RetryDelay) -> String { prefix + "retries." + delay.rawValue }

    /// All topics for jobs to be tried again, the shortest delay first.
    public var retries: [String] { RetryDelay.allCases.map(retries) }
    /// The topics jobs are submitted to.
    public var lanes: [String] { [jobs, bulkJobs] }
    /// All topics workers take jobs from.
    public var sources: [String] { lanes + retries }

    /// All of them.
    public var all: [String] { lanes + [results] + retries + [deadLetters, batches, controls] }

    private static func check(_ name: String) throws(JobsError) {
        let bytes = name.utf8
        let isValid =
            (1...lengthLimit).contains(bytes.count) && bytes.allSatisfy { UInt8.isNameCharacter($0) }
            && name != "." && name != ".."
        guard isValid else {
            throw JobsError(
                .invalidTopicName,
                "topic '\(name)': expected 1 to \(lengthLimit) letters, digits, '.', '_' and '-'")
        }
    }
}
