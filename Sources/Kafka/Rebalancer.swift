import CRdkafka
import Dispatch
import Logging
import Synchronization

/// What happens when a group consumer gains or loses partitions. Runs on the thread that polls.
final class Rebalancer: Sendable {
    /// How long a revocation waits for a commit that is under way. One that is sent afterwards could overwrite what the
    /// next owner commits.
    private static let commitPatience = DispatchTimeInterval.seconds(30)

    let assignment = Mutex(Assignment())
    let buffer: RecordBuffer<KafkaGroupRecord>
    /// Runs one commit after another.
    let commits = DispatchQueue(label: "kafka.commit")
    /// Where the records of assigned partitions go. The polling thread sets it before it polls and takes it away when it
    /// is through: the queue holds the client.
    let queue = Mutex<RecordQueue?>(nil)
    private let logger: Logger
    private let onRebalance: (@Sendable (KafkaRebalance) -> Void)?

    init(
        buffer: RecordBuffer<KafkaGroupRecord>, logger: Logger, onRebalance: (@Sendable (KafkaRebalance) -> Void)?
    ) {
        self.buffer = buffer
        self.logger = logger
        self.onRebalance = onRebalance
    }

    /// librdkafka's rebalance callback.
    func rebalance(
        _ client: OpaquePointer, _ kind: rd_kafka_resp_err_t,
        _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
    ) {
        let partitions = PartitionList.elements(of: list).map(KafkaPartition.init).sorted()
        if kind == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            let epoch = assignment.withLock { $0.add(partitions) }
            onRebalance?(KafkaRebalance(kind: .assigned, partitions: partitions, epoch: epoch))
            queue.withLock { $0 }?.collect(from: partitions)
            assign(list, client)
        } else {
            release(partitions, isLost: rd_kafka_assignment_lost(client) != 0)
            unassign(list, client)
        }
    }

    private func release(_ partitions: [KafkaPartition], isLost: Bool) {
        let epoch = assignment.withLock { assignment in
            assignment.remove(partitions)
            return assignment.epoch
        }
        let gone = Set(partitions)
        buffer.removeAll { gone.contains(KafkaPartition(topic: $0.record.topic, partition: $0.record.partition)) }
        onRebalance?(KafkaRebalance(kind: isLost ? .lost : .revoked, partitions: partitions, epoch: epoch))
        // New commits are refused by now; the queue is drained when the one under way is through.
        guard !isLost else { return }
        let drained = DispatchSemaphore(value: 0)
        commits.async { drained.signal() }
        if drained.wait(timeout: .now() + Self.commitPatience) == .timedOut {
            logger.warning("Partitions are given up although a commit is still under way")
        }
    }

    private func assign(_ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?, _ client: OpaquePointer) {
        if isCooperative(client) {
            if let error = rd_kafka_incremental_assign(client, list) { report(KafkaError(consuming: error, "assign")) }
        } else {
            let error = rd_kafka_assign(client, list)
            if error != RD_KAFKA_RESP_ERR_NO_ERROR { report(KafkaError(error, "assign")) }
        }
    }

    private func unassign(_ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?, _ client: OpaquePointer) {
        if isCooperative(client) {
            if let error = rd_kafka_incremental_unassign(client, list) {
                report(KafkaError(consuming: error, "unassign"))
            }
        } else {
            let error = rd_kafka_assign(client, nil)
            if error != RD_KAFKA_RESP_ERR_NO_ERROR { report(KafkaError(error, "unassign")) }
        }
    }

    private func isCooperative(_ client: OpaquePointer) -> Bool {
        rd_kafka_rebalance_protocol(client).map { String(cString: $0) } == "COOPERATIVE"
    }

    /// Nothing to be done about: librdkafka gets into the group again by itself.
    private func report(_ error: KafkaError) { logger.error("rebalance: \(error)") }
}
