import Coordinator
import Kafka

/// What `topics check` found, as JSON.
struct TopicFindingLine: Encodable {
    var topic: String
    @Nullable var partitions: Int?
    var ok: Bool
    @Nullable var problem: String?

    init(_ finding: TopicFinding) {
        topic = finding.topic
        partitions = finding.partitions
        ok = finding.problem == nil
        problem = finding.complaint
    }
}

/// What `topics create` did, or would do, as JSON.
struct TopicChangesLine: Encodable {
    var changes: [TopicChangeLine]
    var dryRun: Bool

    enum CodingKeys: String, CodingKey {
        case changes
        case dryRun = "dry_run"
    }
}

/// One change of ``TopicChangesLine``.
struct TopicChangeLine: Encodable {
    var topic: String
    var action: String
    var partitions: Int
    var configuration: [String: String]

    init(_ change: TopicChange) {
        topic = change.topic
        switch change {
        case .create(let plan):
            action = "create"
            partitions = plan.partitions
            configuration = plan.configuration
        case .addPartitions(_, _, let total):
            action = "add_partitions"
            partitions = total
            configuration = [:]
        }
    }
}
