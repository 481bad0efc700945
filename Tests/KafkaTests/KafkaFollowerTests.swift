import CRdkafka
import Synchronization
import Testing

@testable import Kafka

@Suite struct KafkaFollowerTests {
    /// What a follower handed over.
    private final class Intake: Sendable {
        private let state = Mutex<[Int32: [Int64]]>([:])

        var offsets: [Int32: [Int64]] { state.withLock { $0 } }

        @Sendable func take(_ records: [KafkaRecord]) {
            state.withLock { state in
                for record in records { state[record.partition, default: []].append(record.offset) }
            }
        }

        func clear() { state.withLock { $0 = [:] } }

        func wait(until matches: @escaping @Sendable ([Int32: [Int64]]) -> Bool) async throws {
            try await withDeadline {
                while !matches(self.offsets) { try await Task.sleep(for: .milliseconds(10)) }
            }
        }
    }

    private func follower(
        _ cluster: TestCluster, _ intake: Intake, requestTimeout: Duration = .seconds(30)
    ) throws -> KafkaFollower {
        var configuration = cluster.configuration
        configuration.requestTimeout = requestTimeout
        return try KafkaFollower(
            configuration: configuration, topic: cluster.topic, logger: .silent, onRecords: intake.take)
    }

    @Test(arguments: BrokerKind.allCases)
    func catchesUpAndGoesOn(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(4000)
        let intake = Intake()
        let follower = try follower(cluster, intake)
        #expect(try await follower.follow([0: 0, 1: 990]) == [0: 1000, 1: 1000])
        #expect(intake.offsets == [0: Array(0..<1000), 1: Array(990..<1000)])
        // Others join; those that are followed go on where they are.
        #expect(try await follower.follow([1: 0, 2: 1000, 3: 5000]) == [1: 1000, 2: 1000, 3: 1000])
        #expect(intake.offsets[1]?.count == 10)
        #expect(intake.offsets[2] == nil)
        #expect(intake.offsets[3] == Array(0..<1000))
        try await cluster.fill(4)
        try await intake.wait { $0[0]?.last == 1000 && $0[1]?.last == 1000 && $0[2] == [1000] && $0[3]?.last == 1000 }
        #expect(intake.offsets[0] == Array(0...1000))
        await follower.close()
        let late = await #expect(throws: KafkaError.self) { try await follower.follow([0: 0]) }
        #expect(late?.code == .closed)
    }

    @Test func stoppedPartitionsAreQuiet() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(400)
        let intake = Intake()
        let follower = try follower(cluster, intake)
        _ = try await follower.follow([0: 0, 1: 0])
        follower.stop([0, 3])
        try await cluster.fill(4)
        try await intake.wait { $0[1]?.count == 101 }
        #expect(intake.offsets[0]?.count == 100)
        // From where the next call says, not from where it was.
        _ = try await follower.follow([0: 99])
        #expect(intake.offsets[0] == Array(0..<100) + [99, 100])
        await follower.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func partitionsComeAndGoHundredsOfTimes(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(400)
        let intake = Intake()
        let follower = try follower(cluster, intake)
        for round in 0..<200 {
            let partition = Int32(round % 4)
            let start = Int64(round % 100)
            #expect(try await withDeadline { try await follower.follow([partition: start]) } == [partition: 100])
            #expect(intake.offsets == [partition: Array(start..<100)])
            follower.stop([partition])
            intake.clear()
        }
        await follower.close()
    }

    @Test func errorsOfTheLeaderEndNothing() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(40)
        let intake = Intake()
        let follower = try follower(cluster, intake)
        let (fetch, listOffsets): (Int16, Int16) = (1, 2)
        let errors = [
            RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_UNKNOWN, RD_KAFKA_RESP_ERR__TRANSPORT,
            RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
        ].map(\.rawValue)
        cluster.broker?.fail(apiKey: fetch, with: errors)
        #expect(try await follower.follow([0: 0]) == [0: 10])
        cluster.broker?.fail(apiKey: listOffsets, with: [RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION.rawValue])
        cluster.broker?.fail(apiKey: fetch, with: errors)
        #expect(try await follower.follow([1: 0]) == [1: 10])
        cluster.broker?.fail(apiKey: fetch, with: errors)
        try await cluster.fill(4)
        try await intake.wait { $0[0]?.count == 11 && $0[1]?.count == 11 }
        await follower.close()
    }

    @Test func absentBrokerFailsOnlyWhoWaits() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(4)
        let intake = Intake()
        let follower = try follower(cluster, intake, requestTimeout: .seconds(1))
        _ = try await follower.follow([0: 0])
        cluster.broker?.setBroker(isUp: false)
        let error = await #expect(throws: KafkaError.self) {
            try await withDeadline { try await follower.follow([1: 0]) }
        }
        #expect(error?.isRetriable == true)
        let cancelled = Task { try await follower.follow([1: 0]) }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await withDeadline { try await cancelled.value } }
        cluster.broker?.setBroker(isUp: true)
        try await cluster.fill(4)
        try await intake.wait { $0[0] == [0, 1] }
        #expect(try await follower.follow([1: 0]) == [1: 2])
        await follower.close()
    }

    @Test func partitionWithoutLeaderIsNamed() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(4)
        let intake = Intake()
        let follower = try follower(cluster, intake, requestTimeout: .seconds(1))
        let fetch: Int16 = 1
        cluster.broker?.fail(
            apiKey: fetch, with: .init(repeating: RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION.rawValue, count: 20))
        let error = await #expect(throws: KafkaError.self) { try await follower.follow([2: 0]) }
        #expect(error?.code == .timedOut)
        #expect(error?.message.contains("\(cluster.topic)[2]") == true)
        // What was begun goes on.
        try await intake.wait { $0[2] == [0] }
        await follower.close()
    }

    @Test func waitEndsWithItsTaskOrItsPartition() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(4)
        let intake = Intake()
        let follower = try follower(cluster, intake)
        let fetch: Int16 = 1
        cluster.broker?.fail(
            apiKey: fetch, with: .init(repeating: RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION.rawValue, count: 100_000))
        let cancelled = Task { try await follower.follow([0: 0]) }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await withDeadline { try await cancelled.value } }
        let stopping = Task {
            while !Task.isCancelled {
                follower.stop([1])
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        await #expect(throws: CancellationError.self) {
            try await withDeadline { try await follower.follow([1: 0]) }
        }
        stopping.cancel()
        await follower.close()
    }
}
