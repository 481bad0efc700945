import CRdkafka

extension ClientHandle {
    /// Creates topics; see ``KafkaAdmin/createTopics(_:)``.
    func createTopics(_ plans: [KafkaTopicPlan], _ configuration: KafkaConfiguration) throws(KafkaError) -> [String:
        KafkaError?]
    {
        var requests: [OpaquePointer?] = []
        defer { rd_kafka_NewTopic_destroy_array(&requests, requests.count) }
        for plan in plans { requests.append(try Self.request(for: plan)) }
        let action = "topics \(plans.map(\.name).joined(separator: ", ")) can't be created"
        try requireController(action, configuration)
        let event = try administer(RD_KAFKA_ADMIN_OP_CREATETOPICS, action, timeout: configuration.requestTimeout) {
            options, queue in
            rd_kafka_CreateTopics(pointer, &requests, requests.count, options, queue)
        }
        var count = 0
        let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.pointer), &count)
        return Self.outcomes(UnsafeBufferPointer(start: results, count: count), "created")
    }

    /// Gives a topic more partitions; see ``KafkaAdmin/addPartitions(topic:total:)``.
    func addPartitions(topic: String, total: Int, _ configuration: KafkaConfiguration) throws(KafkaError) {
        let action = "topic \(topic) can't be given \(total) partitions"
        var text = [CChar](repeating: 0, count: 512)
        guard (1...Int(Int32.max)).contains(total),
            let request = rd_kafka_NewPartitions_new(topic, total, &text, text.count)
        else { throw KafkaError(.configuration, "\(action) \(String(nullTerminated: text))") }
        defer { rd_kafka_NewPartitions_destroy(request) }
        var requests: [OpaquePointer?] = [request]
        try requireController(action, configuration)
        let event = try administer(RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, action, timeout: configuration.requestTimeout) {
            options, queue in
            rd_kafka_CreatePartitions(pointer, &requests, requests.count, options, queue)
        }
        var count = 0
        let results = rd_kafka_CreatePartitions_result_topics(
            rd_kafka_event_CreatePartitions_result(event.pointer), &count)
        let outcomes = Self.outcomes(
            UnsafeBufferPointer(start: results, count: count), "enlarged to \(total) partitions")
        if let error = outcomes[topic] ?? nil { throw error }
    }

    /// Topics are the controller's business. The embedded broker names one that does not exist, and librdkafka would wait
    /// for it until the request times out.
    private func requireController(_ action: String, _ configuration: KafkaConfiguration) throws(KafkaError) {
        let brokers = try brokerDescription(configuration).brokers
        let patience = min(configuration.requestTimeout, .seconds(3))
        let controller = Int(rd_kafka_controllerid(pointer, patience.clampedMilliseconds))
        guard !brokers.contains(where: { $0.id == controller }) else { return }
        throw KafkaError(
            .notSupported,
            "\(action): \(configuration.bootstrapServers) has no controller that could do it (the embedded broker never "
                + "has: it gets its topics when it is started)")
    }

    private static func request(for plan: KafkaTopicPlan) throws(KafkaError) -> OpaquePointer {
        var text = [CChar](repeating: 0, count: 512)
        let request = rd_kafka_NewTopic_new(
            plan.name, Int32(clamping: plan.partitions), Int32(clamping: plan.replicationFactor), &text, text.count)
        guard let request else {
            throw KafkaError(.configuration, "topic \(plan.name): \(String(nullTerminated: text))")
        }
        for (name, value) in plan.configuration { rd_kafka_NewTopic_set_config(request, name, value) }
        return request
    }

    private static func outcomes(
        _ results: UnsafeBufferPointer<OpaquePointer?>, _ deed: String
    ) -> [String: KafkaError?] {
        var outcomes: [String: KafkaError?] = [:]
        for case let result? in results {
            guard let name = rd_kafka_topic_result_name(result).map({ String(cString: $0) }) else { continue }
            let error = rd_kafka_topic_result_error(result)
            let detail = rd_kafka_topic_result_error_string(result).map { ": \(String(cString: $0))" } ?? ""
            let message = "topic \(name) was not \(deed)\(detail)"
            outcomes[name] = .some(error == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(error, message))
        }
        return outcomes
    }
}
