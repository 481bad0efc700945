import FoundationEssentials
import Jobs
import Kafka
import Synchronization
import Testing

@testable import Worker

/// What becomes of records between their arrival and the beginning of their jobs.
@Suite struct JobDispatcherTests {
    /// What a dispatcher has done.
    private final class Deeds: Sendable {
        let paused = Mutex<Set<KafkaPartition>>([])
        let begun = Mutex<[String]>([])
        let ends = Mutex<[@Sendable () -> Void]>([])

        func setPaused(_ partitions: [KafkaPartition], _ isPaused: Bool) {
            paused.withLock { isPaused ? $0.formUnion(partitions) : $0.subtract(partitions) }
        }

        func start(_ job: TakenJob, _ ended: @escaping @Sendable () -> Void) {
            begun.withLock { $0.append(job.message.job?.id ?? "") }
            ends.withLock { $0.append(ended) }
        }
    }

    private let topics: TopicNames
    private let deeds = Deeds()
    private let dispatcher: JobDispatcher

    init() throws {
        let topics = try TopicNames(prefix: "t.")
        let table = JobTable(session: 1, retryTopics: topics.retries)
        for topic in topics.sources {
            let partition = KafkaPartition(topic: topic, partition: 0)
            table.assigned([partition], epoch: 1)
            table.install(partition, epoch: 1, FoundLedger(nil) { _ in false })
        }
        self.topics = topics
        dispatcher = JobDispatcher(
            slots: 2, table: table, bulkTopic: topics.bulkJobs,
            readMessage: { JobMessage($0, topics: topics, longestDelay: .seconds(3600)) },
            setPaused: deeds.setPaused, start: deeds.start)
    }

    private func record(_ id: String, in topic: String, at offset: Int64, delay: Double? = nil) -> KafkaGroupRecord {
        var headers: [KafkaHeader] = []
        if let delay {
            let date = Date(timeIntervalSinceNow: delay).formatted(.iso8601)
            headers.append(KafkaHeader(key: HeaderName.notBefore.rawValue, value: date))
        }
        let value = Array(#"{"id": "\#(id)", "audio": {"uri": "file:///a.wav"}}"#.utf8)
        return KafkaGroupRecord(
            record: KafkaRecord(topic: topic, partition: 0, offset: offset, value: value, headers: headers), epoch: 1)
    }

    private var begun: [String] { deeds.begun.withLock { $0 } }
    private var paused: Set<KafkaPartition> { deeds.paused.withLock { $0 } }

    @Test func jobsBeginAsThereAreSlots() {
        for (offset, id) in ["a", "b", "c"].enumerated() {
            dispatcher.add(record(id, in: topics.jobs, at: Int64(offset)))
        }
        #expect(begun == ["a", "b"] && dispatcher.runningCount == 2)
        deeds.ends.withLock { $0[0] }()
        #expect(begun == ["a", "b", "c"])
    }

    @Test func oneRunIsDoneByOneRecordAtATime() {
        dispatcher.add(record("a", in: topics.jobs, at: 0))
        dispatcher.add(record("a", in: topics.jobs, at: 1))
        #expect(begun == ["a"])
        deeds.ends.withLock { $0[0] }()
        #expect(begun == ["a", "a"])
    }

    @Test func retriesWaitForTheirTimeAndHoldTheirPartition() {
        let partition = KafkaPartition(topic: topics.retries(.tenMinutes), partition: 0)
        dispatcher.add(record("a", in: partition.topic, at: 0, delay: 600))
        #expect(begun.isEmpty && paused == [partition])
        dispatcher.lookAgain(at: Date(timeIntervalSinceNow: 500))
        #expect(begun.isEmpty && paused == [partition])
        dispatcher.lookAgain(at: Date(timeIntervalSinceNow: 601))
        #expect(begun == ["a"] && paused.isEmpty)
    }

    /// What waits behind a job that is called off must not be held back with nobody to let it go.
    @Test func aDelayedJobThatIsCalledOffLetsItsPartitionGo() {
        let partition = KafkaPartition(topic: topics.retries(.oneHour), partition: 0)
        dispatcher.add(record("a", in: partition.topic, at: 0, delay: 600))
        dispatcher.hurry { $0.message.job?.id == "a" }
        #expect(begun == ["a"] && paused.isEmpty)
    }

    @Test func whatWaitsGoesWithItsPartition() {
        for (offset, id) in ["a", "b", "c"].enumerated() {
            dispatcher.add(record(id, in: topics.jobs, at: Int64(offset)))
        }
        dispatcher.drop([KafkaPartition(topic: topics.jobs, partition: 0)])
        deeds.ends.withLock { $0[0] }()
        #expect(begun == ["a", "b"])
    }

    @Test(.timeLimit(.minutes(5)))
    func whoWaitsForRoomIsLetGoAtTheEnd() async {
        for offset: Int64 in 0..<20 { dispatcher.add(record("j\(offset)", in: topics.jobs, at: offset)) }
        let waiting = Task { [dispatcher] in await dispatcher.room(in: .interactive) }
        await Task.yield()
        dispatcher.stop()
        await waiting.value
        deeds.ends.withLock { $0[0] }()
        #expect(begun.count == 2)
    }
}
