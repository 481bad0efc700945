/// A change of the partitions that a group consumer owns.
public struct KafkaRebalance: Sendable, Hashable {
    /// What happened to the partitions.
    public enum Kind: String, Sendable, CaseIterable {
        /// They belong to this consumer from now on.
        case assigned
        /// They are being taken away in order.
        case revoked
        /// They belong to another member already: this one was thought dead.
        case lost
    }

    /// What happened.
    public var kind: Kind
    /// The partitions concerned, in order.
    public var partitions: [KafkaPartition]
    /// The assignment epoch that begins (assigned) or ends (revoked, lost).
    public var epoch: Int

    /// Creates a rebalance event.
    public init(kind: Kind, partitions: [KafkaPartition], epoch: Int) {
        self.kind = kind
        self.partitions = partitions
        self.epoch = epoch
    }
}
