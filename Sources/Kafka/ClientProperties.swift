import CRdkafka

/// The properties of one kind of client: ours, overridden by the user's, less what can't be allowed.
struct ClientProperties {
    /// What the properties are for.
    enum Kind: Equatable {
        case producer
        case groupConsumer(group: String, bufferLimit: Int)
        /// Looks up what a group has committed without joining it.
        case groupObserver(group: String)
        case reader
        case admin
    }

    let kind: Kind
    let configuration: KafkaConfiguration
    /// The librdkafka in use, as `rd_kafka_version` puts it: 0xMMmmrrxx.
    var libraryVersion = rd_kafka_version()

    /// The properties by name.
    /// - Throws: ``KafkaError`` (configuration) for one that would break what the client promises.
    func resolved() throws(KafkaError) -> [String: String] {
        var properties = defaults
        for (name, value) in try configuration.propertiesWithFileContents() {
            try check(name, value)
            properties[name] = value
        }
        properties["metadata.broker.list"] = nil
        properties["bootstrap.servers"] = configuration.bootstrapServers
        switch kind {
        case .groupConsumer(let group, _), .groupObserver(let group): properties["group.id"] = group
        case .producer, .reader, .admin: properties["group.id"] = nil
        }
        return properties
    }

    /// After how long without a heartbeat a member's partitions go to others.
    func sessionTimeout() throws(KafkaError) -> Duration {
        .milliseconds(try resolved()["session.timeout.ms"].flatMap { Int($0) } ?? 45_000)
    }

    /// librdkafka's configuration object, which the caller has to use up or destroy.
    func makeConfiguration() throws(KafkaError) -> OpaquePointer {
        let properties = try resolved()
        guard let result = rd_kafka_conf_new() else { throw KafkaError(.configuration, "out of memory") }
        for (name, value) in properties {
            var text = [CChar](repeating: 0, count: 512)
            let outcome = rd_kafka_conf_set(result, name, value, &text, text.count)
            guard outcome != RD_KAFKA_CONF_OK else { continue }
            rd_kafka_conf_destroy(result)
            if outcome == RD_KAFKA_CONF_UNKNOWN {
                let suggestion = KafkaConfiguration.nearestPropertyName(to: name).map { ": did you mean \($0)?" } ?? ""
                throw KafkaError(.configuration, "there is no property \"\(name)\"\(suggestion)")
            }
            // librdkafka's text quotes the value.
            let isSecret = KafkaConfiguration.isSecret(name)
            throw KafkaError(
                .configuration, isSecret ? "Invalid value for property \(name)" : String(nullTerminated: text))
        }
        return result
    }

    private var defaults: [String: String] {
        var properties = ["client.id": "dragoman"]
        switch kind {
        case .producer:
            properties["enable.idempotence"] = "true"
            properties["acks"] = "all"
            properties["partitioner"] = "murmur2_random"
        case .groupConsumer(_, let bufferLimit):
            properties["partition.assignment.strategy"] = "range"
            // librdkafka's 45 s is how long a dead member's partitions lie idle. Heartbeats come from a thread of
            // librdkafka's own, whatever the work takes, and a member evicted wrongly costs a repeated job at most.
            properties["session.timeout.ms"] = "10000"
            properties["enable.auto.commit"] = "false"
            properties["enable.auto.offset.store"] = "false"
            properties["auto.offset.reset"] = "earliest"
            // New topics and partitions are noticed then; librdkafka's 5 minutes would leave them unread for long.
            properties["topic.metadata.refresh.interval.ms"] = "10000"
            // librdkafka looks up to a second later whether it has fewer than that and should fetch again.
            properties["queued.min.messages"] = "\(min(max(bufferLimit, 1000), 100_000))"
            properties["queued.max.messages.kbytes"] = "16384"
        case .reader:
            properties["enable.auto.commit"] = "false"
            properties["enable.auto.offset.store"] = "false"
            properties["auto.offset.reset"] = "earliest"
            properties["enable.partition.eof"] = "true"
            properties["queued.max.messages.kbytes"] = "16384"
        case .groupObserver:
            properties["enable.auto.commit"] = "false"
        case .admin:
            break
        }
        return properties
    }

    private func check(_ name: String, _ value: String) throws(KafkaError) {
        let value = value.lowercased()
        let isTrue = ["true", "t", "1"].contains(value)
        let startsEarly = ["earliest", "smallest", "beginning"].contains(value)
        let complaint: String? =
            switch (kind, name) {
            case (.producer, "enable.idempotence") where !isTrue:
                "retries would repeat or reorder records"
            case (.producer, "acks"), (.producer, "request.required.acks"):
                ["all", "-1"].contains(value) ? nil : "acknowledged records could be lost"
            case (.producer, "transactional.id"):
                "records are not sent in transactions"
            case (.producer, "delivery.report.only.error") where isTrue:
                "every record's delivery is awaited"
            case (.groupConsumer, "enable.auto.commit") where isTrue,
                (.groupConsumer, "auto.commit.enable") where isTrue,
                (.groupConsumer, "enable.auto.offset.store") where isTrue:
                "only finished records may be committed"
            case (.groupConsumer, "auto.offset.reset") where !startsEarly,
                (.reader, "auto.offset.reset") where !startsEarly:
                "records would be skipped"
            case (.groupConsumer, "partition.assignment.strategy")
            where value.contains("cooperative-sticky") && libraryVersion < 0x0204_0000:
                """
                librdkafka \(String(cString: rd_kafka_version_str())) aborts the process when such a consumer closes \
                before its first assignment; 2.4.0 is the first that may be used
                """
            case (.groupConsumer(let group, _), "group.id") where value != group.lowercased():
                "the group is \(group)"
            case (.reader, "enable.partition.eof") where !isTrue:
                "the end of a partition would go unnoticed"
            case (.producer, "allow.auto.create.topics"): nil
            case (_, "allow.auto.create.topics") where isTrue:
                "reading must not create topics"
            case (_, "log.queue") where isTrue:
                "nobody reads that queue"
            default: nil
            }
        guard let complaint else { return }
        throw KafkaError(.configuration, "property \(name)=\(value) is refused: \(complaint)")
    }
}
