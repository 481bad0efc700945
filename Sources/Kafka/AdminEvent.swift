import CRdkafka

/// The answer to an administrative request.
struct AdminEvent: ~Copyable {
    let pointer: OpaquePointer

    fileprivate init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { rd_kafka_event_destroy(pointer) }
}

extension ClientHandle {
    /// Sends an administrative request and waits for the answer.
    /// - Parameters:
    ///   - action: What is being done, for errors.
    ///   - send: Sends the request with these options, to have the answer in this queue.
    func administer(
        _ operation: rd_kafka_admin_op_t, _ action: String, timeout: Duration,
        send: (_ options: OpaquePointer, _ queue: OpaquePointer) -> Void
    ) throws(KafkaError) -> AdminEvent {
        guard let queue = rd_kafka_queue_new(pointer), let options = rd_kafka_AdminOptions_new(pointer, operation)
        else {
            throw KafkaError(.notSupported, "\(action): this librdkafka can't do that")
        }
        defer {
            rd_kafka_AdminOptions_destroy(options)
            rd_kafka_queue_destroy(queue)
        }
        // librdkafka takes an hour at most.
        let milliseconds = min(max(timeout.clampedMilliseconds, 1), 3_600_000)
        rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, nil, 0)
        send(options, queue)
        // It ends every request in time by itself; a second more is for a machine that is busy.
        guard let event = rd_kafka_queue_poll(queue, milliseconds + 1000) else {
            throw context.unanswered("\(action): no answer within \(timeout)", RD_KAFKA_RESP_ERR__TIMED_OUT)
        }
        let answer = AdminEvent(owning: event)
        let error = rd_kafka_event_error(event)
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let detail = rd_kafka_event_error_string(event).map { String(cString: $0) } ?? ""
            throw context.unanswered("\(action): \(detail)", error)
        }
        return answer
    }
}
