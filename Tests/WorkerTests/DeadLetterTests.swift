import Jobs
import Kafka
import Testing

@testable import Worker

@Suite struct DeadLetterTests {
    private let record = KafkaRecord(
        topic: "jobs", partition: 1, offset: 2, key: [1], value: [2], headers: [KafkaHeader(key: "a", value: "b")])

    @Test func originalIsKept() {
        let letter = DeadLetter(
            record, failure: JobFailure(.workerCrashed, "m"), failureClass: .lethal, attempts: 3, worker: "w")
        #expect(letter.key == [1] && letter.value == [2])
        #expect(
            letter.headers == [
                KafkaHeader(key: "a", value: "b"),
                KafkaHeader(key: "dragoman-reason", value: "WORKER_CRASHED"),
                KafkaHeader(key: "dragoman-class", value: "lethal"),
                KafkaHeader(key: "dragoman-attempts", value: "3"),
                KafkaHeader(key: "dragoman-worker", value: "w"),
                KafkaHeader(key: "dragoman-origin", value: "jobs/1/2"),
            ])
    }

    @Test func tooLargeKeepsItsOrigin() {
        let letter = DeadLetter(
            record, failure: JobFailure(.invalidJob, "m"), failureClass: .unreadable, attempts: 1, worker: "w"
        ).withoutContents
        #expect(letter.key == [1] && letter.value == nil && letter.headers.count == 5)
    }
}
