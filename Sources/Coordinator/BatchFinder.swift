import Jobs
import Kafka

/// Reads the records of one batch from the topic `batches`, and goes on where it stopped.
struct BatchFinder {
    let batchID: String
    private let topics: TopicNames
    private let topic: String
    private let reader: KafkaReader
    private var positions: [Int32: Int64] = [:]
    /// The records of submits that were completed so far, oldest first.
    private(set) var records: [BatchRecord] = []
    /// The records of submits that began so far, oldest first; those that were completed since are among them.
    private(set) var openRecords: [BatchRecord] = []
    /// The record of a submit that has begun and not ended: it still runs, or it broke. A later one that was completed
    /// did its work too.
    private(set) var unfinishedRecord: BatchRecord?

    init(batchID: String, topics: TopicNames, reader: KafkaReader) {
        self.batchID = batchID
        self.topics = topics
        topic = topics.batches
        self.reader = reader
    }

    /// Reads what was written since the last time.
    mutating func update() async throws {
        // Most of the time there is nothing new, and a read would take a connection of its own.
        var unread: [Int32: Int64] = [:]
        for (partition, (low, high)) in try await reader.watermarks(of: topic) {
            var position = max(positions[partition] ?? 0, low)
            // The log was lost: what is there now is new.
            if position > high { position = low }
            if position < high { unread[partition] = position }
        }
        guard !unread.isEmpty else { return }
        let key = Array(batchID.utf8)
        for try await record in try await reader.read(topic: topic, from: unread, until: .currentEnd) {
            positions[record.partition] = record.offset + 1
            guard record.key == key else { continue }
            let headers = record.headers.map(MessageHeader.init)
            // What somebody else put there is not ours to complain about.
            guard let batch = try? MessageCodec.decode(BatchRecord.self, from: record.value, headers: headers),
                batch.batchID == batchID
            else { continue }
            add(try await sound(batch))
        }
    }

    /// The record without partitions and topics that there are not: nothing could be read there.
    private func sound(_ record: BatchRecord) async throws -> BatchRecord {
        var record = record
        let partitions = 0..<Int32(clamping: try await reader.partitionCount(of: topics.results))
        record.partitions.removeAll { !partitions.contains($0.partition) }
        if ![topics.jobs, topics.bulkJobs].contains(record.jobsTopic) { record.jobsTopic = topics.jobs }
        return record
    }

    private mutating func add(_ record: BatchRecord) {
        switch record.state {
        case .open:
            openRecords.append(record)
            unfinishedRecord = record
        case .unspecified:
            records.append(record)
            unfinishedRecord = nil
        case .UNRECOGNIZED:
            // Of a later version; it means something else than that all jobs are there.
            break
        }
    }
}
