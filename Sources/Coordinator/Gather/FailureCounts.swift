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
        public var name: String { reason == .unspecified ? status.schemaName : reason.schemaName }
    }

    /// The most frequent first.
    public let entries: [Entry]

    /// Counts the failed ones among results.
    public init(_ results: [GatheredResult]) {
        struct Kind: Hashable {
            let status: TranslationResult.Status
            let reason: JobError.Reason
        }
        var counts: [Kind: Int] = [:]
        for result in results {
            guard let reason = result.reason else { continue }
            counts[Kind(status: result.status, reason: reason), default: 0] += 1
        }
        entries = counts.map { Entry(status: $0.status, reason: $0.reason, count: $1) }
            .sorted { ($1.count, $0.name, $0.status.rawValue) < ($0.count, $1.name, $1.status.rawValue) }
    }
}
