import Kafka

/// What a worker session is wired with. Tests put something in between, to show what would come of a worker that breaks the
/// rules.
struct WorkerLinks: Sendable {
    /// Writes outcomes, given what writes them properly.
    var publisher: @Sendable (any OutcomePublisher) -> any OutcomePublisher = { $0 }
    /// What the group has committed, given what was read.
    var committed: @Sendable ([KafkaOffset]) -> [KafkaOffset] = { $0 }

    /// As it should be.
    static let standard = WorkerLinks()
}
