import Jobs
import Kafka
import Testing

@testable import Worker

@Suite struct JobMessageTests {
    private let topics: TopicNames

    init() throws {
        topics = try TopicNames(prefix: "t.")
    }

    @Test func readOnceWithItsDerivedID() throws {
        var job = TranslationJob()
        job.audio.uri = "file:///a.wav"
        job.run = 3
        let message = try message(MessageCodec.encode(job, as: .json), key: nil)
        #expect(message.job?.id == job.derivedID && message.format == .json)
        #expect(message.jobRun == JobRun(jobID: job.derivedID, run: 3))
    }

    @Test func unreadableOneIsItsKeys() throws {
        let message = message(Array("{".utf8), key: "j")
        let failure = #expect(throws: JobFailure.self) { try message.contents.get() }
        #expect(failure?.reason == .unreadableMessage && failure?.failureClass == .unreadable)
        #expect(message.job == nil && message.jobRun == JobRun(jobID: "j", run: 0))
    }

    @Test(arguments: [nil, "", "no id", String(repeating: "x", count: 129)])
    func unreadableOneWithoutAnIDIsNobodys(key: String?) {
        #expect(message(nil, key: key).jobRun == nil)
    }

    @Test func contentTypeThatIsNotKnownIsAnsweredInJSON() {
        let message = message([1], key: "j", headers: [KafkaHeader(key: "content-type", value: "text/xml")])
        let failure = #expect(throws: JobFailure.self) { try message.contents.get() }
        #expect(failure?.reason == .contentTypeNotSupported && message.format == .json)
    }

    /// An answer under it would be too large to be sent.
    @Test func idThatFillsAMessageIsUnreadable() throws {
        var job = TranslationJob()
        job.id = String(repeating: "x", count: 600_000)
        let message = try message(MessageCodec.encode(job, as: .json), key: nil)
        let failure = #expect(throws: JobFailure.self) { try message.contents.get() }
        #expect(failure?.reason == .invalidJob && failure?.failureClass == .unreadable && message.jobRun == nil)
    }

    private func message(_ value: [UInt8]?, key: String?, headers: [KafkaHeader] = []) -> JobMessage {
        let record = KafkaRecord(
            topic: "t.jobs", partition: 0, offset: 0, key: key.map { Array($0.utf8) }, value: value, headers: headers)
        return JobMessage(record, topics: topics, longestDelay: .seconds(60))
    }
}
