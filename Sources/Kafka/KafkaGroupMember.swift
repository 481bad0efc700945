/// A member of a consumer group, as the group's coordinator describes it.
public struct KafkaGroupMember: Sendable, Hashable {
    /// The coordinator's name for the member.
    public var id: String
    /// The member's `client.id`.
    public var clientID: String
    /// Where the member connects from.
    public var host: String
    /// What it owns, in order.
    public var partitions: [KafkaPartition]

    /// Creates a member.
    public init(id: String, clientID: String, host: String, partitions: [KafkaPartition]) {
        self.id = id
        self.clientID = clientID
        self.host = host
        self.partitions = partitions
    }
}
