import CRdkafka
import Dispatch
import Logging
import Synchronization

/// Writes records and learns when the brokers have them.
///
/// The producer is idempotent and waits for all in-sync replicas (`enable.idempotence`, `acks=all`), so retries inside
/// neither lose nor repeat a record. Without an explicit partition, records with a key go where Java's default
/// partitioner would put them (`murmur2_random`) and records without one anywhere. Whether writing to a topic that
/// does not exist creates it is the brokers' setting.
///
/// Any number of tasks may send at the same time. Close a producer when done: ``close(timeout:)``.
public final class KafkaProducer: Sendable {
    /// `nil` once closed.
    private let handle: Mutex<ClientHandle?>
    private let destroyed: Latch
    private let pollThread: PollThread
    private let pending = PendingDeliveries()
    private let space = QueueSpace()
    /// Concurrent, so that closing need not wait for somebody's flush.
    private let blocking = DispatchQueue(label: "kafka.producer", attributes: .concurrent)
    private let logger: Logger

    /// Creates a producer. It connects in the background.
    /// - Throws: ``KafkaError`` (configuration).
    public init(configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        let (pending, space) = (pending, space)
        let context = ClientContext(logger: logger) { message in
            let ticket = DeliveryTicket(opaque: message.pointee._private)
            pending.finish(ticket, with: KafkaProducer.outcome(of: message))
        }
        let properties = ClientProperties(kind: .producer, configuration: configuration)
        let handle = try ClientHandle(properties, context: context)
        self.logger = logger
        self.handle = Mutex(handle)
        destroyed = handle.destroyed
        pollThread = PollThread(name: "kafka.producer", handle: handle) { space.signal() }
    }

    /// Writes a record and returns where it is, once all in-sync replicas have it.
    ///
    /// While the local queue is full the call waits. A cancelled call throws `CancellationError` at once; its record
    /// may still be written.
    /// - Parameters:
    ///   - partition: The partition, or `nil` to have the key decide.
    ///   - value: `nil` writes a tombstone.
    /// - Throws: ``KafkaError`` (messageTooLarge, unknownTopic, unknownPartition, timedOut, authorization, fatal,
    ///   closed, …) or `CancellationError`.
    @discardableResult
    public func send(
        topic: String, partition: Int32? = nil, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader] = []
    ) async throws -> (partition: Int32, offset: Int64) {
        let record = KafkaProducerRecord(topic: topic, partition: partition, key: key, value: value, headers: headers)
        return try await send([record])[0]
    }

    /// Writes many records and returns where each of them is, once all in-sync replicas have them all.
    ///
    /// The calling task is suspended once for the lot, and while the local queue is full. A record that is refused by the
    /// client ends the send: those after it are not written. A cancelled call throws `CancellationError` at once; its
    /// records may still be written.
    /// - Returns: The positions, in the order of the records.
    /// - Throws: What went wrong with the first of the records that have failed, when no record is under way any more:
    ///   the errors of ``send(topic:partition:key:value:headers:)``.
    @discardableResult
    public func send(_ records: [KafkaProducerRecord]) async throws -> [(partition: Int32, offset: Int64)] {
        guard !records.isEmpty else { return [] }
        let send = try pending.begin(count: records.count)
        return try await withTaskCancellationHandler {
            await enqueue(records, as: send)
            return try await pending.wait(for: send)
        } onCancel: {
            pending.cancel(send)
        }
    }

    /// Waits until every record handed over so far is written or has failed.
    /// - Throws: ``KafkaError`` (timedOut, closed).
    public func flush(timeout: Duration) async throws {
        let handle = try openHandle()
        try await blocking.run {
            let error = rd_kafka_flush(handle.pointer, timeout.clampedMilliseconds)
            guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaError(error, "records were not acknowledged within \(timeout)")
            }
        }
    }

    /// Writes out what is queued, for at most `timeout`, then fails what is left with ``KafkaError/Code/closed``.
    public func close(timeout: Duration = .seconds(10)) async {
        let start = ContinuousClock.now
        if let handle = handle.withLock({ $0.take() }) {
            try? await blocking.run { [pending] in
                rd_kafka_flush(handle.pointer, timeout.clampedMilliseconds)
                rd_kafka_purge(handle.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
                // Serves the reports of what was purged.
                rd_kafka_flush(handle.pointer, 100)
                pending.close()
            }
            space.close()
            pollThread.stop()
        }
        let left = max(timeout - (ContinuousClock.now - start), .seconds(1))
        if await !destroyed.wait(for: left) {
            logger.warning("The producer did not shut down in time; it is left to do so in the background")
        }
    }

    private func openHandle() throws(KafkaError) -> ClientHandle {
        guard let handle = handle.withLock({ $0 }) else { throw .producerClosed }
        if let error = handle.context.fatalError { throw error }
        return handle
    }
}

extension KafkaProducer {
    /// Hands records over to librdkafka, waiting for space as often as its queue is full.
    private func enqueue(_ records: [KafkaProducerRecord], as send: UInt32) async {
        var next = 0
        while next < records.count, !Task.isCancelled {
            do throws(KafkaError) {
                let handle = try openHandle()
                while next < records.count,
                    try Self.enqueue(records[next], as: DeliveryTicket(send: send, index: next), to: handle.pointer)
                {
                    next += 1
                }
            } catch {
                return pending.abandon(send, from: next, error: error)
            }
            if next < records.count { await space.wait() }
        }
    }

    /// - Returns: Whether there was space for the record.
    private static func enqueue(
        _ record: KafkaProducerRecord, as ticket: DeliveryTicket, to client: OpaquePointer
    ) throws(KafkaError) -> Bool {
        let headers = record.headers.isEmpty ? nil : rd_kafka_headers_new(record.headers.count)
        for header in record.headers {
            withPointer(header.value) { bytes, count in
                _ = rd_kafka_header_add(headers, header.key, header.key.utf8.count, bytes, count)
            }
        }
        let error = withPointer(record.key) { key, keyCount in
            withPointer(record.value) { value, valueCount in
                crk_produce(
                    client, record.topic, record.partition ?? RD_KAFKA_PARTITION_UA, key, keyCount, value, valueCount,
                    headers, ticket.opaque)
            }
        }
        guard let error else { return true }
        if let headers { rd_kafka_headers_destroy(headers) }
        if rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__QUEUE_FULL {
            rd_kafka_error_destroy(error)
            return false
        }
        throw KafkaError(consuming: error, "record for \(record.topic) was refused")
    }

    /// A pointer that is null for `nil` only: an empty array has none of its own to tell the two apart.
    private static func withPointer<Result>(
        _ bytes: [UInt8]?, _ body: (UnsafeRawPointer?, Int) -> Result
    ) -> Result {
        guard let bytes else { return body(nil, 0) }
        return (bytes.isEmpty ? [0] : bytes).withUnsafeBytes { body($0.baseAddress, bytes.count) }
    }

    private static func outcome(
        of message: UnsafePointer<rd_kafka_message_t>
    ) -> Result<PendingSend.Position, any Error> {
        let error = message.pointee.err
        guard error != RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .success((message.pointee.partition, message.pointee.offset))
        }
        let topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? ""
        return .failure(KafkaError(error, "record for \(topic)[\(message.pointee.partition)] was not written"))
    }
}
