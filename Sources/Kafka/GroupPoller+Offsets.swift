import CRdkafka
import Synchronization

extension GroupPoller {
    /// Commits what may be committed; see ``KafkaGroupConsumer/commit(_:)``.
    func commit(_ offsets: [KafkaOffset]) async throws {
        try await rebalancer.commits.run { [self] in
            let handle = try handle()
            var (accepted, failures) = rebalancer.assignment.withLock { $0.screen(offsets) }
            if !accepted.isEmpty { failures += commit(accepted, with: handle) }
            if let error = KafkaError(combining: failures) { throw error }
        }
    }

    /// What the group has committed; see ``KafkaGroupConsumer/committed(_:)``.
    func committed(_ partitions: [KafkaPartition]) async throws -> [KafkaOffset] {
        try await lookups.run { [self] in
            try handle().committed(partitions, timeout: requestTimeout)
        }
    }

    /// - Returns: An error for each offset that was not committed.
    private func commit(_ offsets: [KafkaOffset], with handle: ClientHandle) -> [KafkaError] {
        final class Outcome { var errors: [KafkaPartition: rd_kafka_resp_err_t] = [:] }
        let outcome = Outcome()
        // Without a queue of ours the call waits for the answer and then calls back; rd_kafka_commit would keep the
        // partitions' errors to itself, and overall it succeeds as long as one partition does.
        let overall = PartitionList(offsets).withPointer { list in
            rd_kafka_commit_queue(
                handle.pointer, list, nil,
                { _, _, list, opaque in
                    guard let opaque else { return }
                    let outcome = Unmanaged<Outcome>.fromOpaque(opaque).takeUnretainedValue()
                    for element in PartitionList.elements(of: list) {
                        outcome.errors[KafkaPartition(element)] = element.err
                    }
                }, Unmanaged.passUnretained(outcome).toOpaque())
        }
        var failures: [KafkaError] = []
        for offset in offsets {
            let partition = KafkaPartition(topic: offset.topic, partition: offset.partition)
            var error = outcome.errors[partition] ?? overall
            if error == RD_KAFKA_RESP_ERR_NO_ERROR { error = overall }
            if error == RD_KAFKA_RESP_ERR_NO_ERROR {
                rebalancer.assignment.withLock { $0.committed(offset) }
            } else {
                let message = "\(partition) was not committed at \(offset.offset)"
                failures.append(KafkaError(error, fallback: .commitFailed, message))
            }
        }
        return failures
    }
}

extension ClientHandle {
    /// Looks up what the client's group has committed.
    func committed(_ partitions: [KafkaPartition], timeout: Duration) throws(KafkaError) -> [KafkaOffset] {
        try PartitionList(partitions).withPointer { list throws(KafkaError) in
            let error = rd_kafka_committed(pointer, list, timeout.clampedMilliseconds)
            guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw context.unanswered("committed offsets can't be read", error)
            }
            let elements = PartitionList.elements(of: list)
            for element in elements where element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
                throw KafkaError(element.err, "committed offset of \(KafkaPartition(element)) can't be read")
            }
            return elements.compactMap(KafkaOffset.init)
        }
    }
}

extension KafkaError {
    /// One error for several; `nil` for none.
    fileprivate init?(combining errors: [KafkaError]) {
        // What the coordinator refused matters more than what was out of date before it was asked.
        guard let chief = errors.first(where: { $0.brokerError != nil }) ?? errors.first else { return nil }
        if errors.count == 1 {
            self = chief
        } else {
            self.init(
                chief.code, errors.map(\.message).joined(separator: "; "),
                isRetriable: errors.contains { $0.isRetriable }, brokerError: chief.brokerError)
        }
    }
}
