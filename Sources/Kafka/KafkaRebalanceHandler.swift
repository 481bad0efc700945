/// What a group consumer tells about the partitions it owns. Everything is called on the thread that polls.
public struct KafkaRebalanceHandler: Sendable {
    /// Partitions belong to this consumer from now on; called before the first of their records arrives. Must not block.
    public var assigned: @Sendable (_ partitions: [KafkaPartition], _ epoch: Int) -> Void
    /// Partitions are about to be given up in order. They are still owned, their records left the buffers, a commit
    /// under way has ended and new ones are refused. The offsets returned are committed then, for as long as that takes
    /// but a few seconds at most. Must not block.
    public var revoking: @Sendable (_ partitions: [KafkaPartition], _ epoch: Int) -> [KafkaOffset]
    /// Partitions are not this consumer's any more, and no other member's either until this returns: it may take a second
    /// or two. `failures` has those of the last offsets that were not committed.
    public var revoked:
        @Sendable (_ partitions: [KafkaPartition], _ epoch: Int, _ failures: [KafkaPartition: KafkaError]) -> Void
    /// Partitions may belong to another member already, since this one was thought dead. Must not block.
    public var lost: @Sendable (_ partitions: [KafkaPartition], _ epoch: Int) -> Void

    /// Creates a handler. What is left out does nothing.
    public init(
        assigned: @escaping @Sendable (_ partitions: [KafkaPartition], _ epoch: Int) -> Void = { _, _ in },
        revoking: @escaping @Sendable (_ partitions: [KafkaPartition], _ epoch: Int) -> [KafkaOffset] = { _, _ in [] },
        revoked:
            @escaping @Sendable (
                _ partitions: [KafkaPartition], _ epoch: Int, _ failures: [KafkaPartition: KafkaError]
            ) -> Void = { _, _, _ in },
        lost: @escaping @Sendable (_ partitions: [KafkaPartition], _ epoch: Int) -> Void = { _, _ in }
    ) {
        self.assigned = assigned
        self.revoking = revoking
        self.revoked = revoked
        self.lost = lost
    }
}
