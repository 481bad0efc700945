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
            let id = UInt(bitPattern: message.pointee._private)
            pending.finish(id, with: KafkaProducer.outcome(of: message))
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
        while true {
            let handle = try openHandle()
            let id = pending.makeID()
            do {
                return try await withTaskCancellationHandler {
                    try await withCheckedThrowingContinuation { continuation in
                        guard pending.insert(continuation, as: id) else { return }
                        let error = Self.enqueue(
                            handle.pointer, topic: topic, partition: partition ?? RD_KAFKA_PARTITION_UA, key: key,
                            value: value, headers: headers, id: id)
                        if let error { pending.finish(id, with: .failure(error)) }
                    }
                } onCancel: {
                    pending.finish(id, with: .failure(CancellationError()))
                }
            } catch is QueueFull {
                await space.wait()
            }
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
    private struct QueueFull: Error {}

    private static func enqueue(
        _ client: OpaquePointer, topic: String, partition: Int32, key: [UInt8]?, value: [UInt8]?,
        headers: [KafkaHeader], id: UInt
    ) -> (any Error)? {
        let list = headers.isEmpty ? nil : rd_kafka_headers_new(headers.count)
        for header in headers {
            withPointer(header.value) { bytes, count in
                _ = rd_kafka_header_add(list, header.key, header.key.utf8.count, bytes, count)
            }
        }
        let error = withPointer(key) { keyBytes, keyCount in
            withPointer(value) { valueBytes, valueCount in
                crk_produce(
                    client, topic, partition, keyBytes, keyCount, valueBytes, valueCount, list,
                    UnsafeMutableRawPointer(bitPattern: id))
            }
        }
        guard let error else { return nil }
        if let list { rd_kafka_headers_destroy(list) }
        if rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__QUEUE_FULL {
            rd_kafka_error_destroy(error)
            return QueueFull()
        }
        return KafkaError(consuming: error, "record for \(topic) was refused")
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
    ) -> Result<PendingDeliveries.Position, any Error> {
        let error = message.pointee.err
        guard error != RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .success((message.pointee.partition, message.pointee.offset))
        }
        let topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? ""
        return .failure(KafkaError(error, "record for \(topic)[\(message.pointee.partition)] was not written"))
    }
}
