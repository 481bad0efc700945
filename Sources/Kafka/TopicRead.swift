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

    private let topic: String
    private let ranges: [Int32: Range<Int64>]
    private let configuration: KafkaConfiguration
    private let logger: Logger
    private let handle: ClientHandle
    private let buffer: RecordBuffer<KafkaRecord>
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
        buffer = RecordBuffer(limit: bufferLimit)
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
        var unfinished = ranges.filter { !$0.value.isEmpty }
        defer { for partition in unfinished.keys { rd_kafka_consume_stop(topicHandle, partition) } }
        for (partition, range) in unfinished {
            guard rd_kafka_consume_start_queue(topicHandle, partition, range.lowerBound, queue) == 0 else {
                throw KafkaError(rd_kafka_last_error(), "\(topic)[\(partition)] can't be read")
            }
        }
        while !unfinished.isEmpty, !isStopped() {
            // Serves errors and logs; while the buffer is full that is also how time passes.
            rd_kafka_poll(handle.pointer, buffer.wantsMore ? 0 : 20)
            if handle.context.takeAllBrokersDown() {
                // They may be back at once: only a question that stays unanswered ends the read.
                _ = try handle.partitionCounts(configuration)
            }
            guard buffer.wantsMore, let message = rd_kafka_consume_queue(queue, 50) else { continue }
            defer { rd_kafka_message_destroy(message) }
            let partition = message.pointee.partition
            guard let range = unfinished[partition] else { continue }
            if try deliver(message, range) {
                rd_kafka_consume_stop(topicHandle, partition)
                unfinished[partition] = nil
            }
        }
    }

    /// - Returns: Whether the partition's range is read.
    private func deliver(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, _ range: Range<Int64>
    ) throws(KafkaError) -> Bool {
        let offset = message.pointee.offset
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            if range.contains(offset) { buffer.append(KafkaRecord(message)) }
            return offset >= range.upperBound - 1
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            // The last offsets of a range may hold no record: transaction markers, compaction.
            return offset >= range.upperBound
        case let error:
            let detail = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? ""
            let failure = KafkaError(error, "\(topic)[\(message.pointee.partition)] can't be read: \(detail)")
            guard [.unknownTopic, .unknownPartition, .authorization, .fatal].contains(failure.code) else {
                logger.warning("\(failure)")
                return false
            }
            throw failure
        }
    }
}
