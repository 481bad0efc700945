import CRdkafka
import Synchronization

extension GroupPoller {
    /// Commits what may be committed; see ``KafkaGroupConsumer/commit(_:)``.
    func commit(_ offsets: [KafkaOffset]) async throws -> [KafkaPartition: KafkaError] {
        try await rebalancer.commits.run { [self] in
            let handle = try handle()
            return rebalancer.commit(offsets, with: handle)
        }
    }

    /// What the group has committed; see ``KafkaGroupConsumer/committed(_:)``.
    func committed(_ partitions: [KafkaPartition]) async throws -> [KafkaOffset] {
        try await lookups.run { [self] in
            try handle().committed(partitions, timeout: configuration.requestTimeout)
        }
    }
}

extension ClientHandle {
    /// Becomes a member of the client's group, anew if it is one.
    func subscribe(to topics: [String]) throws(KafkaError) {
        let error = PartitionList(topics: topics).withPointer { rd_kafka_subscribe(pointer, $0) }
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(error, fallback: .configuration, "can't subscribe to \(topics)")
        }
    }

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
