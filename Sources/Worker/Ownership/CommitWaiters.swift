import Kafka

/// Those who wait until a version of a partition's ledger is committed.
struct CommitWaiters: Sendable {
    typealias Continuation = CheckedContinuation<Void, any Error>

    private struct Waiter: Sendable {
        let partition: KafkaPartition
        let version: UInt64
        let continuation: Continuation
    }

    private var waiters: [Int: Waiter] = [:]
    private var nextID = 0

    /// A number for somebody who is going to wait.
    mutating func makeID() -> Int {
        defer { nextID += 1 }
        return nextID
    }

    mutating func add(_ id: Int, _ partition: KafkaPartition, version: UInt64, _ continuation: Continuation) {
        waiters[id] = Waiter(partition: partition, version: version, continuation: continuation)
    }

    /// Takes out one that does not wait any more.
    mutating func remove(_ id: Int) -> Continuation? {
        waiters.removeValue(forKey: id)?.continuation
    }

    /// Takes out those of a partition whose version is committed.
    mutating func remove(_ partition: KafkaPartition, upTo version: UInt64 = .max) -> [Continuation] {
        let done = waiters.filter { $0.value.partition == partition && $0.value.version <= version }
        for id in done.keys { waiters[id] = nil }
        return done.values.map(\.continuation)
    }
}
