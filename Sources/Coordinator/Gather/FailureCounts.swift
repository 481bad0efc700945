import Jobs

/// How many jobs failed for which reason.
public struct FailureCounts: Sendable, Hashable {
    /// One reason: what became of the jobs, why, and how many they are.
    public struct Entry: Sendable, Hashable {
        /// The result's status.
        public let status: TranslationResult.Status
        /// The error's reason.
        public let reason: JobError.Reason
        /// Jobs.
        public let count: Int

        /// The reason's name in the schema; the status' name where no reason was given.
        public var reasonName: String { reason == .unspecified ? status.schemaName : reason.schemaName }

        /// The same, with the status where jobs of several statuses can have the reason.
        public var name: String {
            status == .deadLettered && reason != .unspecified ? "\(status.schemaName) (\(reasonName))" : reasonName
        }
    }

    /// The most frequent first.
    public let entries: [Entry]

    /// How many jobs there are by ``Entry/reasonName``, by name.
    public var reasons: [(name: String, count: Int)] {
        Dictionary(entries.map { ($0.reasonName, $0.count) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
            .map { ($0.key, $0.value) }
    }

    /// Counts the failed ones among results.
    public init(_ results: [GatheredResult]) {
        struct Kind: Hashable {
            let status: TranslationResult.Status
            let reason: JobError.Reason
        }
        var counts: [Kind: Int] = [:]
        for result in results {
            guard var reason = result.reason else { continue }
            // What somebody gave for a reason to call jobs off is not the jobs' failure.
            if result.status == .cancelled || result.status == .deadlineExceeded { reason = .unspecified }
            counts[Kind(status: result.status, reason: reason), default: 0] += 1
        }
        entries = counts.map { Entry(status: $0.status, reason: $0.reason, count: $1) }
            .sorted { ($1.count, $0.name, $0.status.rawValue) < ($0.count, $1.name, $1.status.rawValue) }
    }
}
