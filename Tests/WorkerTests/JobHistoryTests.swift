import FoundationEssentials
import Jobs
import Kafka
import Testing

@testable import Worker

@Suite struct JobHistoryTests {
    private let topics: TopicNames

    init() throws {
        topics = try TopicNames(prefix: "t.")
    }

    @Test func jobThatIsNewHasNone() {
        let history = history("t.jobs.bulk", [:])
        #expect(history.attempts == 0 && history.tries == 0 && history.crashes == 0 && history.notBefore == nil)
        #expect(history.lane == "t.jobs.bulk")
        #expect(history.origin == RecordPlace(topic: "t.jobs.bulk", partition: 3, offset: 7))
    }

    @Test func retryBringsItsOwn() {
        let history = history(
            "t.retries.1m",
            [
                .attempts: "5", .crashes: "2", .notBefore: "2001-01-01T00:00:00.250Z", .lane: "t.jobs.bulk",
                .origin: "t.jobs.bulk/1/99",
            ])
        #expect(history.attempts == 5 && history.crashes == 2 && history.tries == 3)
        #expect(history.notBefore == Date(timeIntervalSinceReferenceDate: 0.25))
        #expect(history.lane == "t.jobs.bulk")
        #expect(history.origin == RecordPlace(topic: "t.jobs.bulk", partition: 1, offset: 99))
    }

    @Test func wholeSecondsAreReadToo() {
        let history = history("t.retries.1m", [.notBefore: "2001-01-01T00:00:01Z"])
        #expect(history.notBefore == Date(timeIntervalSinceReferenceDate: 1))
    }

    /// Anybody may write to the lanes, and copy what a dead letter says.
    @Test func lanesTellNothing() {
        let history = history(
            "t.jobs", [.attempts: "3", .crashes: "3", .notBefore: "2999-01-01T00:00:00Z", .origin: "x/1/1"])
        #expect(history.attempts == 0 && history.crashes == 0 && history.notBefore == nil)
        #expect(history.origin.topic == "t.jobs")
    }

    @Test(arguments: ["", " 1", "-1", "+1", "1.5", "0x10", "one", "١"])
    func countThatIsNoneIsZero(text: String) {
        let history = history("t.retries.10m", [.attempts: text, .crashes: text])
        #expect(history.attempts == 0 && history.crashes == 0)
    }

    @Test(arguments: ["4294967296", "9223372036854775808", String(repeating: "9", count: 10_000)])
    func hugeCountIsLarge(text: String) {
        let history = history("t.retries.10m", [.attempts: text, .crashes: text])
        #expect(history.attempts == Int(UInt32.max) && history.crashes == Int(UInt32.max) && history.tries == 0)
    }

    @Test func valuesThatAreNoTextAreAbsent() {
        let headers = [HeaderName.attempts, .crashes, .notBefore, .lane, .origin].flatMap { name in
            [KafkaHeader(key: name.rawValue, value: [0xFF, 0xFE]), KafkaHeader(key: name.rawValue, value: nil)]
        }
        let history = JobHistory(record("t.retries.1h", headers), topics: topics, longestDelay: .seconds(60))
        #expect(history.attempts == 0 && history.crashes == 0 && history.notBefore == nil)
        #expect(history.lane == "t.jobs")
        #expect(history.origin == RecordPlace(topic: "t.retries.1h", partition: 3, offset: 7))
    }

    @Test func noHeaderHoldsAPartitionUpForLong() throws {
        let history = history("t.retries.1h", [.notBefore: "9999-12-31T23:59:59Z"])
        let ahead = try #require(history.notBefore).timeIntervalSinceNow
        #expect((0...60).contains(ahead))
    }

    @Test(arguments: ["tomorrow", "2001-13-01T00:00:00Z", "99999999999-01-01T00:00:00Z", "2001-01-01", "1e9"])
    func timeThatIsNoneIsNow(text: String) {
        #expect(history("t.retries.1m", [.notBefore: text]).notBefore == nil)
    }

    @Test(arguments: ["t.results", "jobs", "t.retries.1m"])
    func laneThatIsNoneIsTheInteractiveOne(lane: String) {
        #expect(history("t.retries.1m", [.lane: lane]).lane == "t.jobs")
    }

    private func history(_ topic: String, _ headers: [HeaderName: String]) -> JobHistory {
        JobHistory(
            record(topic, headers.map { KafkaHeader(key: $0.key.rawValue, value: $0.value) }), topics: topics,
            longestDelay: .seconds(60))
    }

    private func record(_ topic: String, _ headers: [KafkaHeader]) -> KafkaRecord {
        KafkaRecord(topic: topic, partition: 3, offset: 7, headers: headers)
    }
}
