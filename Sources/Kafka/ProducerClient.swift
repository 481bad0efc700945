import CRdkafka
import Logging

/// A producer's client with the thread that serves it.
final class ProducerClient: Sendable {
    let handle: ClientHandle
    private let pollThread: PollThread

    init(
        configuration: KafkaConfiguration, logger: Logger, pending: PendingDeliveries, space: QueueSpace
    ) throws(KafkaError) {
        let context = ClientContext(logger: logger) { client, message in
            let ticket = DeliveryTicket(opaque: message.pointee._private)
            pending.finish(ticket, with: Self.outcome(of: message, client))
        }
        handle = try ClientHandle(
            ClientProperties(kind: .producer, configuration: configuration), context: context)
        pollThread = PollThread(name: "kafka.producer", handle: handle) { space.signal() }
    }

    /// Why it can't be used any more, if that is so.
    var fatalError: KafkaError? { KafkaError(fatalErrorOf: handle.pointer) }

    /// Writes out what is queued, for at most `timeout`, fails what is left, and ends the thread.
    func end(within timeout: Duration) {
        rd_kafka_flush(handle.pointer, timeout.clampedMilliseconds)
        rd_kafka_purge(handle.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
        // Serves the reports of what was purged.
        rd_kafka_flush(handle.pointer, 100)
        pollThread.stop()
    }

    private static func outcome(
        of message: UnsafePointer<rd_kafka_message_t>, _ client: OpaquePointer
    ) -> Result<PendingSend.Position, any Error> {
        let error = message.pointee.err
        guard error != RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .success((message.pointee.partition, message.pointee.offset))
        }
        let topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? ""
        let action = "record for \(topic)[\(message.pointee.partition)] was not written"
        // What was queued behind the record that broke the client says only that it was thrown away.
        if let fatal = KafkaError(fatalErrorOf: client) {
            return .failure(fatal.isLostSequence ? .sequenceLost(action, fatal) : fatal)
        }
        return .failure(KafkaError(error, action))
    }
}

extension KafkaError {
    /// Why a client has become useless; `nil` if it has not.
    init?(fatalErrorOf client: OpaquePointer) {
        var text = [CChar](repeating: 0, count: 512)
        let error = rd_kafka_fatal_error(client, &text, text.count)
        guard error != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        self.init(.fatal, String(nullTerminated: text), brokerError: Self.name(of: error))
    }

    /// Whether a producer can't go on because the brokers don't know the sequence of records it is in. A new one can.
    var isLostSequence: Bool {
        [
            "OUT_OF_ORDER_SEQUENCE_NUMBER", "UNKNOWN_PRODUCER_ID", "INVALID_PRODUCER_EPOCH", "_GAPLESS_GUARANTEE",
            "_INCONSISTENT",
        ].contains(brokerError)
    }

    fileprivate static func sequenceLost(_ action: String, _ fatal: KafkaError) -> KafkaError {
        KafkaError(
            .other,
            """
            \(action), or nobody knows whether it was: the brokers lost what they knew of this producer, as they do with \
            their data
            """, isRetriable: true, brokerError: fatal.brokerError)
    }
}
