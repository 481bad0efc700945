import Foundation
import Jobs

extension Evidence {
    /// Reads a run's folder.
    /// - Throws: ``ChaosError`` naming the file that is missing or can't be read.
    init(_ folder: OutputFolder) throws {
        guard let data = FileManager.default.contents(atPath: folder.settings) else {
            throw ChaosError("\(folder.settings) is missing: is this the folder of a run?")
        }
        let settings = try JSONDecoder().decode(RunSettings.self, from: data)
        let topics = try TopicNames(prefix: settings.prefix)
        let sightings = Sightings(try JSONLines.read(path: folder.sightings))
        let ends = try JSONLines.read(PartitionEnd.self, path: folder.offsets)
        var answers: [Answer] = []
        var letters: [Letter] = []
        var gaps: [String] = []
        let journal = try JSONLines.read(JournalEntry.self, path: folder.journal)
        // noida loses what it holds when it goes down.
        let isLogWhole = settings.broker == .embedded || !journal.contains { $0.event == .brokerDown }
        for topic in topics.all {
            var reader = TailReader(TailFiles(folder: folder, topic: topic))
            var expected: [Int32: Int64] = [:]
            for (record, file, end) in try reader.next() {
                let next = expected[record.partition, default: 0]
                if record.offset != next {
                    gaps.append("\(topic)[\(record.partition)]: \(next) to \(record.offset - 1) were not read")
                }
                expected[record.partition] = record.offset + 1
                let seen = sightings.time(of: end, in: file)
                // Without a value it says that the job goes on elsewhere.
                if topic == topics.results, record.payload != nil { answers.append(try Answer(record, seen: seen)) }
                if topic == topics.deadLetters { letters.append(Letter(record, seen: seen)) }
            }
            for end in ends where end.topic == topic && expected[end.partition, default: 0] < end.end {
                gaps.append("\(topic)[\(end.partition)]: read to \(expected[end.partition, default: 0]) of \(end.end)")
            }
        }
        self.init(
            settings: settings, journal: journal, submissions: try JSONLines.read(path: folder.submissions),
            answers: answers, letters: letters, ends: ends, gaps: isLogWhole ? gaps : [])
    }
}

extension Answer {
    /// - Throws: `JobsError` for a record that is not a result.
    init(_ record: KcatRecord, seen: Int64) throws {
        let result = try MessageCodec.decode(
            TranslationResult.self, from: Array((record.payload ?? "").utf8), format: .json)
        run = JobRun(jobID: result.jobID, run: result.run)
        status = result.status
        text = result.text
        tokens = result.segments.flatMap(\.tokens)
        reason = result.hasError ? result.error.reason.schemaName : ""
        worker = result.worker
        place = RecordPlace(topic: record.topic, partition: record.partition, offset: record.offset)
        finished = result.finishDate.map { Int64($0.timeIntervalSince1970 * 1e9) }
        self.seen = seen
    }
}

extension Letter {
    init(_ record: KcatRecord, seen: Int64) {
        key = record.key
        value = record.payload
        headers = record.headers ?? []
        place = RecordPlace(topic: record.topic, partition: record.partition, offset: record.offset)
        origin = record.header(HeaderName.origin.rawValue).flatMap(RecordPlace.init)
        failureClass = record.header(HeaderName.failureClass.rawValue)
        reason = record.header(HeaderName.reason.rawValue)
        self.seen = seen
    }
}
