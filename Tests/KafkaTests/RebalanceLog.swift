import Kafka

/// A change of the partitions that a group consumer owns.
struct Rebalance: Sendable, Hashable {
    enum Kind: Sendable {
        case assigned
        case revoking
        case revoked
        case lost
    }

    var kind: Kind
    var partitions: [KafkaPartition]
    var epoch: Int
}

/// Collects a consumer's rebalance events for one task to wait for.
struct RebalanceLog: Sendable {
    let events: AsyncStream<Rebalance>
    private let continuation: AsyncStream<Rebalance>.Continuation

    init() {
        (events, continuation) = AsyncStream.makeStream(of: Rebalance.self)
    }

    var handler: KafkaRebalanceHandler {
        KafkaRebalanceHandler(
            assigned: { note(.assigned, $0, $1) },
            revoking: { partitions, epoch in
                note(.revoking, partitions, epoch)
                return []
            },
            revoked: { partitions, epoch, _ in note(.revoked, partitions, epoch) },
            lost: { note(.lost, $0, $1) })
    }

    private func note(_ kind: Rebalance.Kind, _ partitions: [KafkaPartition], _ epoch: Int) {
        continuation.yield(Rebalance(kind: kind, partitions: partitions, epoch: epoch))
    }

    /// Waits for an event, dropping those before it.
    func first(where matches: @Sendable (Rebalance) -> Bool) async throws -> Rebalance {
        for await event in events where matches(event) { return event }
        throw CancellationError()
    }

    /// Waits for an assignment of this many partitions.
    func assigned(_ count: Int) async throws -> Rebalance {
        try await first { $0.kind == .assigned && $0.partitions.count == count }
    }
}
