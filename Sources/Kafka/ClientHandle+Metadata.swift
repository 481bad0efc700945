import CRdkafka

extension ClientHandle {
    /// How many partitions each of the cluster's topics has. Asking for all of them is the one way that never creates a
    /// topic.
    func partitionCounts(_ configuration: KafkaConfiguration) throws(KafkaError) -> [String: Int] {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let error = rd_kafka_metadata(pointer, 1, nil, &metadata, configuration.requestTimeout.clampedMilliseconds)
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else {
            throw context.unanswered(
                "no broker of \(configuration.bootstrapServers) answered within \(configuration.requestTimeout)", error)
        }
        defer { rd_kafka_metadata_destroy(metadata) }
        let topics = UnsafeBufferPointer(start: metadata.pointee.topics, count: Int(metadata.pointee.topic_cnt))
        var counts: [String: Int] = [:]
        for topic in topics where topic.partition_cnt > 0 {
            counts[String(cString: topic.topic)] = Int(topic.partition_cnt)
        }
        return counts
    }
}
