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
/// Brokers that lost their data don't know the sequence that makes retries safe: records under way fail then with an
/// error that is retriable, and the producer begins a new sequence by itself.
///
/// Any number of tasks may send at the same time. Close a producer when done: ``close(timeout:)``.
public final class KafkaProducer: Sendable {
    private struct State {
        /// `nil` once closed.
        var client: ProducerClient?
        /// Opens when the client is gone.
        var destroyed: Latch
    }

    private let state: Mutex<State>
    private let pending = PendingDeliveries()
    private let space = QueueSpace()
    /// Concurrent, so that closing need not wait for somebody's flush.
    private let blocking = DispatchQueue(label: "kafka.producer", attributes: .concurrent)
    private let configuration: KafkaConfiguration
    private let logger: Logger

    /// Creates a producer. It connects in the background.
    /// - Throws: ``KafkaError`` (configuration).
    public init(configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        self.configuration = configuration
        self.logger = logger
        let client = try ProducerClient(configuration: configuration, logger: logger, pending: pending, space: space)
        state = Mutex(State(client: client, destroyed: client.handle.destroyed))
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
        let handle = try openClient().handle
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
        if let client = state.withLock({ $0.client.take() }) {
            try? await blocking.run { [pending] in
                client.end(within: timeout)
                pending.close()
            }
            space.close()
        }
        let left = max(timeout - (ContinuousClock.now - start), .seconds(1))
        if await !state.withLock({ $0.destroyed }).wait(for: left) {
            logger.warning("The producer did not shut down in time; it is left to do so in the background")
        }
    }

    /// The client to write with: a new one, where the brokers don't know the sequence that the old one is in.
    private func openClient() throws(KafkaError) -> ProducerClient {
        let (current, broken) = try state.withLock {
            state throws(KafkaError) -> (ProducerClient, broken: ProducerClient?) in
            guard let current = state.client else { throw .producerClosed }
            guard let error = current.fatalError else { return (current, nil) }
            guard error.isLostSequence else { throw error }
            let new = try ProducerClient(configuration: configuration, logger: logger, pending: pending, space: space)
            state = State(client: new, destroyed: new.handle.destroyed)
            return (new, current)
        }
        if let broken {
            logger.warning(
                """
                the brokers don't know this producer's records any more, as after a loss of their data: it begins anew. \
                Records that were under way have failed and may be sent again
                """)
            blocking.async { broken.end(within: .zero) }
        }
        return current
    }
}

extension KafkaProducer {
    /// Hands records over to librdkafka, waiting for space as often as its queue is full.
    private func enqueue(_ records: [KafkaProducerRecord], as send: UInt32) async {
        var next = 0
        while next < records.count, !Task.isCancelled {
            do throws(KafkaError) {
                let client = try openClient()
                while next < records.count,
                    try Self.enqueue(records[next], as: DeliveryTicket(send: send, index: next), to: client)
                {
                    next += 1
                }
            } catch {
                return pending.abandon(send, from: next, error: error)
            }
            if next < records.count { await space.wait() }
        }
    }

    /// - Returns: Whether the client took the record; if not, there may be space, or another client, soon.
    private static func enqueue(
        _ record: KafkaProducerRecord, as ticket: DeliveryTicket, to client: ProducerClient
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
                    client.handle.pointer, record.topic, record.partition ?? RD_KAFKA_PARTITION_UA, key, keyCount,
                    value, valueCount,
                    headers, ticket.opaque)
            }
        }
        guard let error else { return true }
        if let headers { rd_kafka_headers_destroy(headers) }
        if rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__QUEUE_FULL || client.fatalError?.isLostSequence == true {
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
}
