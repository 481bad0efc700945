import FoundationEssentials
import Jobs
import Kafka
import Testing

@testable import Coordinator

@Suite(.timeLimit(.minutes(5))) struct DeadLetterBoxTests {
    private let fleet: TestFleet
    private let box: DeadLetterBox

    init() throws {
        fleet = try TestFleet()
        box = try DeadLetterBox(kafka: fleet.kafka, topics: fleet.topics, logger: fleet.logger)
    }

    @Test func whatALetterTells() async throws {
        let job = Examples.jobs(1, batchID: "b")[0]
        try await write([letter(job, partition: 2, lane: fleet.topics.bulkJobs)])
        try await write([unreadable(key: "call-17"), unreadable(key: "not an id")])
        let letters = try await letters()
        let found = try #require(letters.first { $0.jobID == job.id })
        #expect(try found.job.get() == job && found.batchID == "b" && found.run == 0 && found.state == .open)
        #expect(found.reason == "STORAGE_UNAVAILABLE" && found.failureClass == "transient" && found.attempts == 5)
        #expect(found.worker == "w" && found.lane == fleet.topics.bulkJobs)
        #expect(found.origin == RecordPlace(topic: fleet.topics.bulkJobs, partition: 2, offset: 7))
        #expect(letters.contains { $0.jobID == "call-17" && $0.run == nil } && letters.contains { $0.jobID == nil })
    }

    @Test func filters() async throws {
        let jobs = Examples.jobs(2, batchID: "b") + Examples.jobs(1, batchID: "c").map(Self.renamed)
        try await write(jobs.map { try letter($0, lane: fleet.topics.jobs) } + [unreadable(key: "k")])
        let all = try await letters()
        #expect(all.count == 4)
        func count(_ change: (inout DeadLetterFilter) -> Void) async throws -> Int {
            var filter = DeadLetterFilter()
            change(&filter)
            return try await letters(filter).count
        }
        #expect(try await count { $0.batchID = "b" } == 2)
        #expect(try await count { $0.jobID = jobs[0].id } == 1)
        #expect(try await count { $0.reason = "UNREADABLE_MESSAGE" } == 1)
        #expect(try await count { $0.failureClass = .transient } == 3)
        #expect(try await count { $0.worker = "nobody" } == 0)
        #expect(try await count { $0.lane = fleet.topics.bulkJobs } == 0)
        #expect(try await count { $0.lane = fleet.topics.jobs } == 4)
        #expect(try await count { $0.since = Date() + 60 } == 0)
        #expect(try await count { $0.until = Date() + 60 } == 4)
        let place = all[3].place
        let names = ["\(place.partition)/\(place.offset)", jobs[1].id].compactMap(DeadLetterFilter.Name.init)
        #expect(try await count { $0.names = names } == (all[3].jobID == jobs[1].id ? 1 : 2))
        #expect(DeadLetterFilter.Name("a b") == nil && DeadLetterFilter.Name("1/-1") == nil)
    }

    @Test func replayedOnceWithTheNextRun() async throws {
        var late = Examples.jobs(1, batchID: "b")[0]
        late.deadlineDate = Date() - 60
        let jobs = Examples.jobs(3, batchID: "b").dropFirst() + [late]
        try await write(jobs.map { try letter($0, format: .json, partition: 1, lane: fleet.topics.bulkJobs) })
        try await write([unreadable(key: "k")])
        // Somebody has repeated one of them since.
        var result = Examples.result(late)
        result.run = 4
        try await fleet.write([result])

        var dry = DeadLetterBox.ReplayOptions()
        dry.isDryRun = true
        #expect(try await box.replay(DeadLetterFilter(), dry).sentCount == 3)
        #expect(try await records(fleet.topics.bulkJobs).isEmpty)

        var told: [UInt32?] = []
        let summary = try await box.replay(DeadLetterFilter()) { _, _, run in told.append(run) }
        #expect(
            summary.sentCount == 3 && summary.unreadableCount == 1 && told.sorted { $0 ?? 0 < $1 ?? 0 } == [1, 1, 5])
        let sent = try await records(fleet.topics.bulkJobs)
        #expect(sent.count == 3 && sent.allSatisfy { $0.partition == 1 })
        for record in sent {
            let headers = record.headers.map(MessageHeader.init)
            let job: TranslationJob = try MessageCodec.decode(from: record.value, headers: headers)
            #expect(record.key == Array(job.id.utf8) && !job.hasDeadline && job.batchID == "b")
            #expect(job.run == (job.id == late.id ? 5 : 1))
            #expect(
                headers.map(\.name).allSatisfy { !$0.hasPrefix("dragoman-") }
                    && headers.text(.contentType) == "application/json")
            #expect(headers.text(.eventID) == "\(job.id)/\(job.run)" && headers.text(.traceParent) == "trace")
        }

        #expect(try await box.replay(DeadLetterFilter()).handledCount == 3)
        #expect(try await letters().map(\.jobID) == ["k"])
        #expect(try await letters(includesHandled: true).count { $0.state == .replayed && $0.stateDate != nil } == 3)
        var again = DeadLetterBox.ReplayOptions()
        again.repeats = true
        again.limit = 2
        #expect(try await box.replay(DeadLetterFilter(), again).sentCount == 2)
        let runs = try await records(fleet.topics.bulkJobs).suffix(2).map { record in
            try MessageCodec.decode(
                TranslationJob.self, from: record.value, headers: record.headers.map(MessageHeader.init)
            ).run
        }
        #expect(runs.allSatisfy { $0 == 2 || $0 == 6 })
    }

    @Test func unreadableOnesAreSentAsTheyAre() async throws {
        let empty = KafkaProducerRecord(
            topic: fleet.topics.deadLetters, partition: 0, key: Array("large".utf8), value: nil,
            headers: [KafkaHeader(MessageHeader(.reason, "UNREADABLE_MESSAGE"))])
        try await write([unreadable(key: "k"), empty])
        var options = DeadLetterBox.ReplayOptions()
        options.sendsUnreadable = true
        let summary = try await box.replay(DeadLetterFilter(), options)
        #expect(summary.sentCount == 1 && summary.emptyCount == 1 && summary.unreadableCount == 0)
        let sent = try await records(fleet.topics.jobs)
        #expect(sent.map(\.value) == [Array("{".utf8)] && sent.map(\.key) == [Array("k".utf8)])
        #expect(sent.map(\.headers) == [[]])
    }

    /// The embedded broker can't delete records.
    @Test func purgedByMarks() async throws {
        let jobs = Examples.jobs(3, batchID: "b")
        try await write(jobs.map { try letter($0, lane: fleet.topics.jobs) })
        var filter = DeadLetterFilter()
        filter.jobID = jobs[1].id
        #expect(try await box.purge(filter, isDryRun: true).markedCount <= 1)
        #expect(try await letters().count == 3)
        #expect(try await box.purge(filter) == DeadLetterBox.PurgeSummary(markedCount: 1))
        #expect(try await letters().count == 2)
        #expect(try await letters(includesHandled: true).count == 3)
        #expect(try await box.replay(filter).sentCount == 0)
        #expect(try await box.purge(DeadLetterFilter()) == DeadLetterBox.PurgeSummary(markedCount: 2))
        #expect(try await box.purge(DeadLetterFilter()) == DeadLetterBox.PurgeSummary())
        #expect(try await letters().isEmpty)
    }

    @Test func purgedByDeletion() async throws {
        let kafka = KafkaConfiguration(bootstrapServers: try ExternalBroker.address())
        let topics = try TopicNames(prefix: "purge-\(UUID().uuidString.lowercased()).")
        let manager = TopicManager(kafka: kafka, logger: fleet.logger)
        try await manager.apply(manager.inspect(topics).changes(towards: TopicLayout(topics: topics, partitions: 1)))
        let box = try DeadLetterBox(kafka: kafka, topics: topics, logger: fleet.logger)
        let producer = try KafkaProducer(configuration: kafka, logger: fleet.logger)
        let jobs = Examples.jobs(4, batchID: "b")
        try await producer.send(
            jobs.map { job in
                var record = try letter(job, lane: topics.jobs)
                record.topic = topics.deadLetters
                record.partition = 0
                return record
            })
        await producer.close()
        // The first goes for good; the third can't, for the second stays.
        var filter = DeadLetterFilter()
        filter.names = [.jobID(jobs[0].id), .jobID(jobs[2].id)]
        #expect(try await box.purge(filter) == DeadLetterBox.PurgeSummary(deletedCount: 1, markedCount: 1))
        let reader = try KafkaReader(configuration: kafka, logger: fleet.logger)
        #expect(try await reader.watermarks(topic: topics.deadLetters, partition: 0).low == 1)
        #expect(try await box.purge(DeadLetterFilter()).deletedCount == 2)
        let ends = try await reader.watermarks(topic: topics.deadLetters, partition: 0)
        #expect(ends.low == ends.high && ends.high == 5)
        await reader.close()
        await box.close()
    }

    private static func renamed(_ job: TranslationJob) -> TranslationJob {
        var job = job
        job.id = "renamed"
        return job
    }

    private func letter(
        _ job: TranslationJob, format: WireFormat = .protobuf, partition: Int32 = 0, lane: String
    ) throws -> KafkaProducerRecord {
        let headers =
            MessageCodec.headers(for: TranslationJob.self, format: format, id: "\(job.id)/0", source: "test") + [
                MessageHeader(.traceParent, "trace"),
                MessageHeader(.reason, "STORAGE_UNAVAILABLE"), MessageHeader(.failureClass, "transient"),
                MessageHeader(.attempts, "5"), MessageHeader(.worker, "w"), MessageHeader(.lane, lane),
                MessageHeader(.origin, "\(lane)/\(partition)/7"),
            ]
        return KafkaProducerRecord(
            topic: fleet.topics.deadLetters, key: Array(job.id.utf8), value: try MessageCodec.encode(job, as: format),
            headers: headers.map(KafkaHeader.init))
    }

    private func unreadable(key: String) -> KafkaProducerRecord {
        let headers = [
            MessageHeader(.reason, "UNREADABLE_MESSAGE"), MessageHeader(.failureClass, "unreadable"),
            MessageHeader(.origin, "\(fleet.topics.jobs)/0/3"),
        ]
        return KafkaProducerRecord(
            topic: fleet.topics.deadLetters, key: Array(key.utf8), value: Array("{".utf8),
            headers: headers.map(KafkaHeader.init))
    }

    private func write(_ records: [KafkaProducerRecord]) async throws { try await fleet.write(records) }

    private func letters(
        _ filter: DeadLetterFilter = DeadLetterFilter(), includesHandled: Bool = false
    ) async throws -> [DeadLetter] {
        var letters: [DeadLetter] = []
        try await box.forEach(filter, includesHandled: includesHandled) { letter in
            letters.append(letter)
            return true
        }
        return letters
    }

    private func records(_ topic: String) async throws -> [KafkaRecord] { try await fleet.records(topic) }
}
