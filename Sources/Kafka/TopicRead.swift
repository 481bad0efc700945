import CRdkafka
import Foundation
import Logging

/// One read of a topic, on a thread and a client of its own.
///
/// No group means no poll interval to keep: back-pressure is simply not taking records out of librdkafka's queue, which
/// stops fetching when that is full.
final class TopicRead: Sendable {
    /// Ends the read when nobody can iterate any more.
    private final class Lifetime: Sendable {
        let hasEnded = SharedFlag()

        deinit { hasEnded.raise() }
    }

    /// How long a full buffer keeps the thread from serving errors and noticing that it is to stop.
    private static let patience = DispatchTimeInterval.milliseconds(50)

    private let topic: String
    private let ranges: [Int32: Range<Int64>]
    private let configuration: KafkaConfiguration
    private let logger: Logger
    private let handle: ClientHandle
    private let buffer: RecordBuffer<KafkaRecord>
    /// Signalled when the buffer has room again.
    private let room = DispatchSemaphore(value: 0)
    private let isReaderClosed: SharedFlag

    /// Prepares a read.
    /// - Parameter ranges: The offsets to deliver, by partition.
    init(
        topic: String, ranges: [Int32: Range<Int64>], configuration: KafkaConfiguration, bufferLimit: Int,
        logger: Logger, isReaderClosed: SharedFlag
    ) throws(KafkaError) {
        self.topic = topic
        self.ranges = ranges
        self.configuration = configuration
        self.logger = logger
        self.isReaderClosed = isReaderClosed
        buffer = RecordBuffer(limit: bufferLimit) { [room] in room.signal() }
        let properties = ClientProperties(kind: .reader, configuration: configuration)
        handle = try ClientHandle(properties, context: ClientContext(logger: logger))
    }

    /// Starts the thread, which ends when all ranges are read, or nobody wants them any more.
    func start() -> KafkaRecordSequence<KafkaRecord> {
        let lifetime = Lifetime()
        let thread = Thread { [self, hasEnded = lifetime.hasEnded] in
            do throws(KafkaError) {
                try read { hasEnded.value || isReaderClosed.value }
                buffer.finish()
            } catch {
                buffer.finish(throwing: error)
            }
        }
        thread.name = "kafka.read"
        thread.start()
        return KafkaRecordSequence(buffer: buffer, source: lifetime)
    }

    private func read(until isStopped: () -> Bool) throws(KafkaError) {
        guard let queue = rd_kafka_queue_new(handle.pointer) else { return }
        defer { rd_kafka_queue_destroy(queue) }
        guard let topicHandle = rd_kafka_topic_new(handle.pointer, topic, nil) else {
            throw KafkaError(rd_kafka_last_error(), "topic \(topic) can't be read")
        }
        defer { rd_kafka_topic_destroy(topicHandle) }
        var progress = ReadProgress(ranges, patience: configuration.requestTimeout, now: .now)
        defer { for partition in progress.unfinished { rd_kafka_consume_stop(topicHandle, partition) } }
        for (partition, range) in ranges where !range.isEmpty {
            guard rd_kafka_consume_start_queue(topicHandle, partition, range.lowerBound, queue) == 0 else {
                throw KafkaError(rd_kafka_last_error(), "\(topic)[\(partition)] can't be read")
            }
        }
        while !progress.isFinished, !isStopped() {
            // Serves errors and logs.
            rd_kafka_poll(handle.pointer, 0)
            handle.reportOffsetResets(of: "a reader", configuration, logger: logger)
            if handle.context.takeAllBrokersDown() {
                // They may be back at once: only a question that stays unanswered ends the read.
                _ = try handle.partitionCounts(configuration)
            }
            guard buffer.room > 0 else {
                _ = room.wait(timeout: .now() + Self.patience)
                progress.heldUp(now: .now)
                continue
            }
            var records: [KafkaRecord] = []
            defer { buffer.append(records) }
            // Waits for the first record only; the others are taken as far as they are there.
            while records.count < buffer.room, !progress.isFinished,
                let message = rd_kafka_consume_queue(queue, records.isEmpty ? 50 : 0)
            {
                defer { rd_kafka_message_destroy(message) }
                let partition = message.pointee.partition
                guard progress.isReading(partition) else { continue }
                try take(message, &progress, into: &records)
                if !progress.isReading(partition) { rd_kafka_consume_stop(topicHandle, partition) }
            }
            if let error = progress.failure(topic: topic, now: .now) { throw error }
        }
    }

    private func take(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, _ progress: inout ReadProgress,
        into records: inout [KafkaRecord]
    ) throws(KafkaError) {
        let partition = message.pointee.partition
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            if progress.arrived(message.pointee.offset, in: partition, now: .now) {
                records.append(KafkaRecord(message, topic: topic))
            }
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            progress.reachedEnd(message.pointee.offset, of: partition, now: .now)
        case let error:
            let detail = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? ""
            let failure = KafkaError(error, "\(topic)[\(partition)] can't be read: \(detail)")
            switch failure.code {
            case .authorization, .fatal: throw failure
            // Brokers that lost their data may have it again in a moment.
            case .unknownTopic, .unknownPartition: progress.failed(failure, in: partition, now: .now)
            default: break
            }
            logger.warning("\(failure)")
        }
    }
}
