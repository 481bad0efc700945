import CRdkafka
import Foundation
import Synchronization

extension KafkaReader {
    /// The first offset that can be read and the one the next record will get, of every partition of a topic. The
    /// brokers are asked once each, however many partitions there are.
    /// - Throws: ``KafkaError`` (unknownTopic, brokerUnreachable, timedOut, closed).
    public func watermarks(of topic: String) async throws -> [Int32: (low: Int64, high: Int64)] {
        try await lookups.run { [self] in
            let handle = try openHandle()
            return try handle.watermarks(of: partitions(of: [topic], handle), configuration)
        }
    }

    /// The first offset of a partition that can be read and the one the next record will get.
    /// - Throws: ``KafkaError`` (unknownTopic, unknownPartition, brokerUnreachable, timedOut, closed).
    public func watermarks(topic: String, partition: Int32) async throws -> (low: Int64, high: Int64) {
        let all = try await watermarks(of: topic)
        guard let watermarks = all[partition] else {
            throw KafkaError(.unknownPartition, "\(topic)[\(partition)]: the topic has \(all.count) partitions")
        }
        return watermarks
    }

    /// What a group has committed in some topics; partitions without a commit are left out. The group is not joined.
    /// - Throws: ``KafkaError`` (unknownTopic, brokerUnreachable, timedOut, closed).
    public func committedOffsets(group: String, topics: [String]) async throws -> [KafkaOffset] {
        try await lookups.run { [self] in
            let partitions = try partitions(of: topics, openHandle())
            let observer = try observer(of: group)
            // Has its errors reported, which matter where it gets no answer.
            defer { rd_kafka_poll(observer.pointer, 0) }
            return try observer.committed(partitions, timeout: configuration.requestTimeout)
        }
    }

    func partitions(of topics: [String], _ handle: ClientHandle) throws(KafkaError) -> [KafkaPartition] {
        try handle.partitions(of: topics, configuration)
    }

    private func observer(of group: String) throws(KafkaError) -> ClientHandle {
        if let (known, handle) = observer.withLock({ $0 }), known == group { return handle }
        let properties = ClientProperties(kind: .groupObserver(group: group), configuration: configuration)
        let handle = try ClientHandle(properties, context: ClientContext(logger: logger))
        observer.withLock { $0 = (group, handle) }
        return handle
    }
}

extension ClientHandle {
    /// All partitions of some topics. librdkafka would ask for a topic by name, and some brokers create what they are
    /// asked for: so everything about a topic begins here.
    func partitions(
        of topics: [String], _ configuration: KafkaConfiguration
    ) throws(KafkaError) -> [KafkaPartition] {
        let counts = try partitionCounts(configuration)
        var partitions: [KafkaPartition] = []
        for topic in topics {
            guard let count = counts[topic] else {
                throw KafkaError(.unknownTopic, "topic \(topic) does not exist on \(configuration.bootstrapServers)")
            }
            partitions += (0..<Int32(clamping: count)).map { KafkaPartition(topic: topic, partition: $0) }
        }
        return partitions
    }

    /// Where some partitions of a topic begin and end.
    func watermarks(
        of numbers: [Int32], topic: String, _ configuration: KafkaConfiguration
    ) throws(KafkaError) -> [Int32: (low: Int64, high: Int64)] {
        let partitions = try partitions(of: [topic], configuration)
        for number in numbers where !partitions.indices.contains(Int(number)) {
            throw KafkaError(.unknownPartition, "\(topic)[\(number)]: the topic has \(partitions.count) partitions")
        }
        return try watermarks(of: numbers.map { partitions[Int($0)] }, configuration)
    }

    /// Where partitions of a topic begin and end. Errors that may pass are ridden out for the request time-out.
    func watermarks(
        of partitions: [KafkaPartition], _ configuration: KafkaConfiguration
    ) throws(KafkaError) -> [Int32: (low: Int64, high: Int64)] {
        let deadline = ContinuousClock.now + configuration.requestTimeout
        while true {
            do throws(KafkaError) {
                // In this order, for the end can only have moved on in between.
                let lows = try offsets(of: partitions, at: RD_KAFKA_OFFSET_BEGINNING, configuration.requestTimeout)
                let highs = try offsets(of: partitions, at: RD_KAFKA_OFFSET_END, configuration.requestTimeout)
                return lows.reduce(into: [:]) { watermarks, low in
                    watermarks[low.key] = highs[low.key].map { (low.value, $0) }
                }
            } catch  where error.isRetriable && ContinuousClock.now < deadline {
                // librdkafka passes on what a leader says that is none any more, or not yet.
                Thread.sleep(forTimeInterval: 0.1)
            }
        }
    }

    /// Where the partitions of a topic begin or end.
    /// - Parameter time: `RD_KAFKA_OFFSET_BEGINNING` or `RD_KAFKA_OFFSET_END`: the protocol has these as points in time.
    fileprivate func offsets(
        of partitions: [KafkaPartition], at time: Int32, _ timeout: Duration
    ) throws(KafkaError) -> [Int32: Int64] {
        let list = PartitionList(
            partitions.map { KafkaOffset(topic: $0.topic, partition: $0.partition, offset: Int64(time)) })
        return try list.withPointer { list throws(KafkaError) in
            let error = rd_kafka_offsets_for_times(pointer, list, timeout.clampedMilliseconds)
            var offsets: [Int32: Int64] = [:]
            for element in PartitionList.elements(of: list) {
                let error = element.err == RD_KAFKA_RESP_ERR_NO_ERROR ? error : element.err
                guard error == RD_KAFKA_RESP_ERR_NO_ERROR, element.offset >= 0 else {
                    throw context.unanswered("watermarks of \(KafkaPartition(element)) can't be read", error)
                }
                offsets[element.partition] = element.offset
            }
            return offsets
        }
    }
}
