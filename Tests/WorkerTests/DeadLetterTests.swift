import Jobs
import Kafka
import Testing

@testable import Worker

@Suite struct DeadLetterTests {
    private let record = KafkaRecord(
        topic: "jobs", partition: 1, offset: 2, key: [1], value: [2], headers: [KafkaHeader(key: "a", value: "b")])

    private let reasons = [
        KafkaHeader(key: "dragoman-reason", value: "WORKER_CRASHED"),
        KafkaHeader(key: "dragoman-class", value: "lethal"),
        KafkaHeader(key: "dragoman-attempts", value: "4"),
        KafkaHeader(key: "dragoman-crashes", value: "3"),
        KafkaHeader(key: "dragoman-lane", value: "jobs.bulk"),
        KafkaHeader(key: "dragoman-origin", value: "jobs.bulk/1/2"),
        KafkaHeader(key: "dragoman-worker", value: "w"),
    ]
    private let report = JobReport(
        failure: JobFailure(.workerCrashed, "m", class: .lethal), attempts: 4, crashes: 3, lane: "jobs.bulk",
        origin: RecordPlace(topic: "jobs.bulk", partition: 1, offset: 2))

    @Test func originalIsKept() {
        let letter = DeadLetter(record, report: report, worker: "w").record(in: "d")
        #expect(letter.topic == "d" && letter.partition == nil && letter.key == [1] && letter.value == [2])
        #expect(letter.headers == [KafkaHeader(key: "a", value: "b")] + reasons)
    }

    @Test func headersOfOursAreReplaced() {
        var record = record
        record.headers += [
            KafkaHeader(key: "dragoman-attempts", value: "1"), KafkaHeader(key: "dragoman-attempts", value: "2"),
            KafkaHeader(key: "a", value: "c"),
        ]
        let letter = DeadLetter(record, report: report, worker: "w")
        #expect(letter.headers == [KafkaHeader(key: "a", value: "b"), KafkaHeader(key: "a", value: "c")] + reasons)
    }

    @Test func tooLargeKeepsItsOrigin() {
        let letter = DeadLetter(record, report: report, worker: "w").withoutContents
        #expect(letter.key == [1] && letter.value == nil && letter.headers == reasons)
        #expect(letter.withoutKey.key == nil && letter.withoutKey.headers == reasons)
    }
}
