import CRdkafka

extension KafkaAdmin {
    /// Removes the first records of partitions of a topic, for good.
    /// - Parameter offsets: Partition to the first offset that stays.
    /// - Throws: ``KafkaError`` (unknownTopic, unknownPartition, authorization, notSupported, brokerUnreachable, timedOut,
    ///   closed, …), for the first partition that fails; others may have lost their records then.
    public func deleteRecords(of topic: String, before offsets: [Int32: Int64]) async throws {
        guard !offsets.isEmpty else { return }
        try await requests.run { [self] in
            try openHandle().deleteRecords(of: topic, before: offsets, configuration)
        }
    }
}

extension ClientHandle {
    fileprivate func deleteRecords(
        of topic: String, before offsets: [Int32: Int64], _ configuration: KafkaConfiguration
    ) throws(KafkaError) {
        let action = "records of topic \(topic) can't be deleted"
        let count = try partitionCounts(configuration)[topic]
        guard let count else {
            throw KafkaError(.unknownTopic, "topic \(topic) does not exist on \(configuration.bootstrapServers)")
        }
        if let partition = offsets.keys.first(where: { !(0..<count).contains(Int($0)) }) {
            throw KafkaError(.unknownPartition, "\(topic)[\(partition)]: the topic has \(count) partitions")
        }
        let list = PartitionList(
            offsets.map { KafkaOffset(topic: topic, partition: $0.key, offset: $0.value) })
        guard let request = list.withPointer({ rd_kafka_DeleteRecords_new($0) }) else {
            throw KafkaError(.notSupported, "\(action): this librdkafka can't do that")
        }
        defer { rd_kafka_DeleteRecords_destroy(request) }
        var requests: [OpaquePointer?] = [request]
        let event = try administer(RD_KAFKA_ADMIN_OP_DELETERECORDS, action, timeout: configuration.requestTimeout) {
            options, queue in
            rd_kafka_DeleteRecords(pointer, &requests, requests.count, options, queue)
        }
        let result = rd_kafka_event_DeleteRecords_result(event.pointer)
        for element in PartitionList.elements(of: rd_kafka_DeleteRecords_result_offsets(result))
        where element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
            throw KafkaError(element.err, "records of \(KafkaPartition(element)) were not deleted")
        }
    }
}
