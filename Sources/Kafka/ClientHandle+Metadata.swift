import CRdkafka

extension ClientHandle {
    /// How many partitions each of the cluster's topics has.
    func partitionCounts(_ configuration: KafkaConfiguration) throws(KafkaError) -> [String: Int] {
        try withMetadata(configuration) { metadata in
            let topics = UnsafeBufferPointer(start: metadata.topics, count: Int(metadata.topic_cnt))
            return topics.reduce(into: [:]) { counts, topic in
                guard topic.partition_cnt > 0 else { return }
                counts[String(cString: topic.topic)] = Int(topic.partition_cnt)
            }
        }
    }

    /// The cluster's brokers.
    func brokerDescription(_ configuration: KafkaConfiguration) throws(KafkaError) -> KafkaBrokerDescription {
        let brokers = try withMetadata(configuration) { metadata in
            UnsafeBufferPointer(start: metadata.brokers, count: Int(metadata.broker_cnt)).map { broker in
                KafkaBrokerDescription.Broker(
                    id: Int(broker.id), host: String(cString: broker.host), port: Int(broker.port))
            }
        }
        // Known since the metadata arrived, unless the brokers have none.
        let clusterID = rd_kafka_clusterid(pointer, 0)
        defer { rd_kafka_mem_free(pointer, clusterID) }
        return KafkaBrokerDescription(
            clusterID: clusterID.map { String(cString: $0) }, brokers: brokers.sorted { $0.id < $1.id })
    }

    /// Asks for all topics, which is the one way of asking that never creates one.
    private func withMetadata<Result>(
        _ configuration: KafkaConfiguration, _ body: (rd_kafka_metadata) -> Result
    ) throws(KafkaError) -> Result {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let error = rd_kafka_metadata(pointer, 1, nil, &metadata, configuration.requestTimeout.clampedMilliseconds)
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else {
            throw context.unanswered(
                "no broker of \(configuration.bootstrapServers) answered within \(configuration.requestTimeout)", error)
        }
        defer { rd_kafka_metadata_destroy(metadata) }
        return body(metadata.pointee)
    }
}
