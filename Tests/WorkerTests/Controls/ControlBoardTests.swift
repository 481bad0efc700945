import Jobs
import Kafka
import Logging
import Testing

@testable import Worker

@Suite struct ControlBoardTests {
    private let board = ControlBoard(logger: Logger(label: "test"))

    private func job(_ id: String, batch: String = "", run: UInt32 = 0) -> TranslationJob {
        var job = TranslationJob()
        job.id = id
        job.batchID = batch
        job.run = run
        return job
    }

    private func record(_ message: some WireMessage, format: WireFormat = .protobuf) throws -> KafkaRecord {
        KafkaRecord(
            topic: "controls", partition: 0, offset: 0, value: try MessageCodec.encode(message, as: format),
            headers: MessageCodec.headers(for: type(of: message), format: format, id: "1", source: "test")
                .map(KafkaHeader.init))
    }

    private func cancellation(batch: String, maxRun: UInt32) -> Cancellation {
        var cancellation = Cancellation()
        cancellation.batchID = batch
        cancellation.maxRun = maxRun
        return cancellation
    }

    @Test func laterRunsAreNotCalledOff() throws {
        #expect(board.add([try record(cancellation(batch: "b", maxRun: 1))]))
        #expect(board.cancellation(of: job("j", batch: "b", run: 1)) != nil)
        #expect(board.cancellation(of: job("j", batch: "b", run: 2)) == nil)
        #expect(board.cancellation(of: job("b", batch: "c")) == nil)
        // An older one that comes late takes nothing back.
        #expect(board.add([try record(cancellation(batch: "b", maxRun: 0))]))
        #expect(board.cancellation(of: job("j", batch: "b", run: 1)) != nil)
    }

    @Test func aSingleJobIsCalledOffInJSONToo() throws {
        var cancellation = Cancellation()
        cancellation.jobID = "j"
        cancellation.reason = "a mistake"
        cancellation.requestedBy = "me"
        let value = try MessageCodec.encode(cancellation, as: .json)
        #expect(board.add([KafkaRecord(topic: "controls", partition: 0, offset: 0, value: value)]))
        #expect(board.cancellation(of: job("j"))?.words == "called off by me: a mistake")
        #expect(board.cancellation(of: job("k")) == nil)
    }

    @Test func releasesHoldForLedgersWrittenBefore() throws {
        let partition = KafkaPartition(topic: "jobs", partition: 3)
        var release = Release()
        release.session = 7
        release.sequence = 20
        var name = PartitionName()
        name.topic = "jobs"
        name.partition = 3
        release.partitions = [name]
        #expect(try !board.add([record(release)]))
        #expect(board.isReleased(partition, session: 7, sequence: 20))
        #expect(!board.isReleased(partition, session: 7, sequence: 21))
        #expect(!board.isReleased(partition, session: 8, sequence: 1))
        #expect(!board.isReleased(KafkaPartition(topic: "jobs", partition: 4), session: 7, sequence: 1))
    }

    @Test func whatIsNoneOfOursIsPassedOver() {
        let records = [[0xFF, 0x00], Array("{}".utf8), nil].map {
            KafkaRecord(topic: "controls", partition: 0, offset: 0, value: $0)
        }
        _ = board.add(records)
        #expect(board.cancellation(of: job("")) == nil)
    }
}
