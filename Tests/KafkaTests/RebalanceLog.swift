import Kafka

/// Collects a consumer's rebalance events for one task to wait for.
struct RebalanceLog: Sendable {
    let events: AsyncStream<KafkaRebalance>
    private let continuation: AsyncStream<KafkaRebalance>.Continuation

    init() {
        (events, continuation) = AsyncStream.makeStream(of: KafkaRebalance.self)
    }

    @Sendable func note(_ event: KafkaRebalance) { continuation.yield(event) }

    /// Waits for an event, dropping those before it.
    func first(where matches: @Sendable (KafkaRebalance) -> Bool) async throws -> KafkaRebalance {
        for await event in events where matches(event) { return event }
        throw CancellationError()
    }

    /// Waits for an assignment of this many partitions.
    func assigned(_ count: Int) async throws -> KafkaRebalance {
        try await first { $0.kind == .assigned && $0.partitions.count == count }
    }
}
