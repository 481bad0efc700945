import CRdkafka

extension ClientHandle {
    /// Commits offsets for the client's group and waits for the answer.
    /// - Parameter timeout: How long to wait, `nil` for as long as librdkafka does. After it, the commit may still happen.
    /// - Returns: An error for each partition that was not committed.
    func commit(_ offsets: [KafkaOffset], timeout: Duration? = nil) -> [KafkaPartition: KafkaError] {
        let (overall, errors) = commitOutcome(of: offsets, timeout: timeout)
        var failures: [KafkaPartition: KafkaError] = [:]
        for offset in offsets {
            let partition = KafkaPartition(of: offset)
            // Overall a commit succeeds as long as one partition does.
            var error = errors[partition] ?? overall
            if error == RD_KAFKA_RESP_ERR_NO_ERROR { error = overall }
            guard error != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            failures[partition] = KafkaError(
                error, fallback: .commitFailed, "\(partition) was not committed at \(offset.offset)")
        }
        return failures
    }

    private func commitOutcome(
        of offsets: [KafkaOffset], timeout: Duration?
    ) -> (overall: rd_kafka_resp_err_t, errors: [KafkaPartition: rd_kafka_resp_err_t]) {
        guard let queue = rd_kafka_queue_new(pointer) else { return (RD_KAFKA_RESP_ERR__FAIL, [:]) }
        defer { rd_kafka_queue_destroy(queue) }
        // rd_kafka_commit would keep the partitions' errors to itself.
        let error = PartitionList(offsets).withPointer { rd_kafka_commit_queue(pointer, $0, queue, nil, nil) }
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR else { return (error, [:]) }
        guard let event = rd_kafka_queue_poll(queue, timeout?.clampedMilliseconds ?? -1) else {
            return (RD_KAFKA_RESP_ERR__TIMED_OUT, [:])
        }
        defer { rd_kafka_event_destroy(event) }
        let list = rd_kafka_event_topic_partition_list(event)
        let errors = PartitionList.elements(of: list).map { (KafkaPartition($0), $0.err) }
        return (rd_kafka_event_error(event), Dictionary(errors) { $1 })
    }
}
