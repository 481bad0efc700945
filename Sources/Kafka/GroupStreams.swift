import CRdkafka
import Synchronization

/// The streams of a group consumer: where the records of its partitions wait, and which are held back.
final class GroupStreams: Sendable {
    /// What exists only while the thread polls: the queues hold the client.
    private struct Running {
        let handle: ClientHandle
        let queues: [RecordQueue]
    }

    private struct State {
        var running: Running?
        /// Of the owned partitions, those that are held back.
        var paused: Set<KafkaPartition> = []
        var owned: Set<KafkaPartition> = []

        mutating func hold(_ partition: KafkaPartition) {
            paused.insert(partition)
            running?.handle.holdBack(partition)
        }

        func collect(_ partition: KafkaPartition, _ indices: [String: Int]) {
            guard let running, let index = indices[partition.topic] else { return }
            running.queues[index].collect(from: partition)
        }
    }

    let topics: [String]
    let buffers: [RecordBuffer<KafkaGroupRecord>]
    private let indices: [String: Int]
    private let startsPaused: Bool
    private let state = Mutex(State())

    init(_ streams: [KafkaStream], startsPaused: Bool, waking wakeUp: WakeUp) {
        topics = streams.flatMap(\.topics)
        buffers = streams.map { RecordBuffer(limit: $0.bufferLimit) { wakeUp.raise() } }
        indices = streams.enumerated().reduce(into: [:]) { indices, stream in
            for topic in stream.element.topics { indices[topic] = stream.offset }
        }
        self.startsPaused = startsPaused
    }

    /// Begins to collect records in queues, one for each stream.
    func start(_ handle: ClientHandle, queues: [RecordQueue]) {
        state.withLock { $0.running = Running(handle: handle, queues: queues) }
    }

    /// Lets go of the client.
    func stop() {
        let running = state.withLock { $0.running.take() }
        _ = running
    }

    /// Partitions are about to be assigned.
    func add(_ partitions: [KafkaPartition]) {
        state.withLock { state in
            for partition in partitions {
                state.owned.insert(partition)
                // First of all what an earlier assignment left there goes where it is thrown away.
                state.collect(partition, indices)
                if startsPaused { state.hold(partition) } else { state.paused.remove(partition) }
            }
        }
    }

    /// Partitions are about to go: their records are dropped.
    func remove(_ partitions: [KafkaPartition]) {
        let gone = Set(partitions)
        state.withLock { state in
            state.owned.subtract(gone)
            state.paused.subtract(gone)
            for partition in partitions { state.collect(partition, indices) }
        }
        for buffer in buffers {
            buffer.removeAll { gone.contains(KafkaPartition(topic: $0.record.topic, partition: $0.record.partition)) }
        }
    }

    /// Holds back partitions' records.
    func pause(_ partitions: [KafkaPartition]) {
        state.withLock { state in
            for partition in partitions where state.owned.contains(partition) && !state.paused.contains(partition) {
                state.hold(partition)
            }
        }
    }

    /// Lets partitions' records through.
    func resume(_ partitions: [KafkaPartition]) {
        state.withLock { state in
            for partition in partitions where state.paused.remove(partition) != nil {
                state.collect(partition, indices)
            }
        }
    }

    /// The buffer for a topic's records.
    func buffer(for topic: String) -> RecordBuffer<KafkaGroupRecord>? { indices[topic].map { buffers[$0] } }
}
