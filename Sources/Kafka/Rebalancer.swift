import CRdkafka
import Dispatch
import Logging
import Synchronization

/// What happens when a group consumer gains or loses partitions. Runs on the thread that polls.
final class Rebalancer: Sendable {
    /// How long a revocation waits for a commit that is under way. One that is sent afterwards could overwrite what the
    /// next owner commits.
    private static let commitPatience = Duration.seconds(30)

    let assignment = Mutex(Assignment())
    let lostTopics = Mutex(LostTopics())
    let streams: GroupStreams
    /// Runs one commit after another.
    let commits = DispatchQueue(label: "kafka.commit")
    /// The polling thread sets it before it polls and takes it away when it is through.
    let handle = Mutex<ClientHandle?>(nil)
    /// How long the last commit of partitions that are given up may take.
    private let lastCommitTimeout: Duration
    private let logger: Logger
    private let handler: KafkaRebalanceHandler

    init(streams: GroupStreams, lastCommitTimeout: Duration, logger: Logger, handler: KafkaRebalanceHandler) {
        self.streams = streams
        self.lastCommitTimeout = lastCommitTimeout
        self.logger = logger
        self.handler = handler
    }

    /// librdkafka's rebalance callback.
    func rebalance(
        _ client: OpaquePointer, _ kind: rd_kafka_resp_err_t,
        _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
    ) {
        let partitions = PartitionList.elements(of: list).map(KafkaPartition.init).sorted()
        if kind == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            let epoch = assignment.withLock { $0.add(partitions) }
            lostTopics.withLock { $0.assigned(partitions, now: .now) }
            streams.add(partitions)
            handler.assigned(partitions, epoch)
            assign(list, client)
        } else if rd_kafka_assignment_lost(client) != 0 {
            lose(partitions)
            unassign(list, client)
        } else {
            giveUp(partitions)
            unassign(list, client)
        }
    }

    /// Commits what may be committed. Runs on ``commits``.
    func commit(
        _ offsets: [KafkaOffset], areLast: Bool = false, timeout: Duration? = nil, with handle: ClientHandle
    ) -> [KafkaPartition: KafkaError] {
        let (accepted, refused) = assignment.withLock { $0.screen(offsets, areLast: areLast) }
        guard !accepted.isEmpty else { return refused }
        let failures = handle.commit(accepted, timeout: timeout)
        assignment.withLock { assignment in
            for offset in accepted where failures[KafkaPartition(of: offset)] == nil { assignment.committed(offset) }
        }
        return refused.merging(failures) { $1 }
    }

    private func lose(_ partitions: [KafkaPartition]) {
        let epoch = assignment.withLock { assignment in
            assignment.remove(partitions)
            return assignment.epoch
        }
        lostTopics.withLock { $0.lost(partitions) }
        streams.remove(partitions)
        handler.lost(partitions, epoch)
    }

    private func giveUp(_ partitions: [KafkaPartition]) {
        let epoch = assignment.withLock { assignment in
            assignment.beginRemoving(partitions)
            return assignment.epoch
        }
        streams.remove(partitions)
        // New commits are refused by now; the queue is drained when the one under way is through.
        let drained = DispatchSemaphore(value: 0)
        commits.async { drained.signal() }
        let isDrained = drained.wait(timeout: .now() + .milliseconds(Int(Self.commitPatience.clampedMilliseconds)))
        if isDrained == .timedOut { logger.warning("Partitions are given up although a commit is still under way") }
        let last = handler.revoking(partitions, epoch)
        var failures: [KafkaPartition: KafkaError] = [:]
        if !last.isEmpty, let handle = handle.withLock({ $0 }) {
            failures = commit(last, areLast: true, timeout: lastCommitTimeout, with: handle)
        }
        assignment.withLock { $0.remove(partitions) }
        handler.revoked(partitions, epoch, failures)
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
