import TestSupport
import Testing

@testable import Kafka

/// Streams of a group consumer, and partitions that are held back.
@Suite struct HeldPartitionTests {
    private func partitions(_ cluster: TestCluster, _ numbers: [Int32] = [0, 1, 2, 3]) -> [KafkaPartition] {
        numbers.map { KafkaPartition(topic: cluster.topic, partition: $0) }
    }

    @Test(arguments: BrokerKind.allCases)
    func nothingComesBeforeItIsAskedFor(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(40)
        let log = RebalanceLog()
        let consumer = try cluster.consumer(
            streams: [KafkaStream(topics: [cluster.topic], bufferLimit: 100)], startsPaused: true,
            rebalance: log.handler)
        _ = try await withDeadline { try await log.assigned(4) }
        consumer.resume(partitions(cluster, [2]))
        #expect(try await consumer.records.take(10).map(\.record.number) == Array(stride(from: 2, to: 40, by: 4)))
        // Those of the others are here by now, and wait.
        try await Task.sleep(for: .seconds(1))
        #expect(consumer.poller.streams.buffers[0].count == 0)
        consumer.resume(partitions(cluster))
        consumer.resume(partitions(cluster) + [KafkaPartition(topic: "another", partition: 0)])
        let rest = try await consumer.records.take(30)
        #expect(Set(rest.compactMap(\.record.number)).count == 30)
        await consumer.close()
    }

    /// Small fetches and a small prefetch, so that librdkafka stops fetching and begins again all the time.
    @Test(arguments: BrokerKind.allCases)
    func pausesAtRandomNeitherLoseNorRepeat(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let count = 8000
        try await cluster.fill(count)
        let log = RebalanceLog()
        let consumer = try cluster.consumer(
            streams: [KafkaStream(topics: [cluster.topic], bufferLimit: 50)],
            ["queued.min.messages": "200", "fetch.message.max.bytes": "2000"], rebalance: log.handler)
        let all = partitions(cluster)
        let toggling = Task {
            var random = SplitMix64(seed: 7)
            while !Task.isCancelled {
                let some = all.filter { _ in Bool.random(using: &random) }
                if Bool.random(using: &random) { consumer.pause(some) } else { consumer.resume(some) }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...3, using: &random)))
            }
        }
        let records = try await consumer.records.take(count)
        toggling.cancel()
        let offsets = Dictionary(grouping: records, by: \.record.partition).mapValues { $0.map(\.record.offset) }
        let expected = Array(0..<Int64(count / 4))
        #expect(offsets == [0: expected, 1: expected, 2: expected, 3: expected])
        await consumer.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func whatIsHeldBackGoesWithItsAssignment(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(400)
        let (log, otherLog) = (RebalanceLog(), RebalanceLog())
        let stream = KafkaStream(topics: [cluster.topic], bufferLimit: 1000)
        let consumer = try cluster.consumer(streams: [stream], startsPaused: true, rebalance: log.handler)
        _ = try await withDeadline { try await log.assigned(4) }
        // Long enough for all to be fetched.
        try await Task.sleep(for: .seconds(1))
        let other = try cluster.consumer(streams: [stream], startsPaused: true, rebalance: otherLog.handler)
        _ = try await withDeadline { try await log.assigned(2) }
        _ = try await withDeadline { try await otherLog.assigned(2) }
        for member in [consumer, other] {
            #expect(try await offsets(of: 200, from: member, cluster) == Array(repeating: Array(0..<100), count: 2))
            #expect(member.poller.streams.buffers[0].count == 0)
        }
        // A new assignment is held back again, whatever was let through in the last one.
        await other.close()
        _ = try await withDeadline { try await log.assigned(4) }
        try await Task.sleep(for: .seconds(1))
        #expect(consumer.poller.streams.buffers[0].count == 0)
        #expect(try await offsets(of: 400, from: consumer, cluster) == Array(repeating: Array(0..<100), count: 4))
        await consumer.close()
    }

    /// Lets all partitions through and takes so many records of one assignment: the embedded broker may have the group
    /// joined once more than need be.
    /// - Returns: The offsets of each partition.
    private func offsets(
        of count: Int, from consumer: KafkaGroupConsumer, _ cluster: TestCluster
    ) async throws -> [[Int64]] {
        let resuming = Task {
            while !Task.isCancelled {
                consumer.resume(partitions(cluster))
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        defer { resuming.cancel() }
        return try await withDeadline {
            var records: [KafkaGroupRecord] = []
            for try await record in consumer.records {
                if record.epoch != records.last?.epoch { records = [] }
                records.append(record)
                if records.count == count { break }
            }
            return Dictionary(grouping: records, by: \.record.partition).values.map { $0.map(\.record.offset) }
        }
    }

    /// Nobody takes what the first stream has: the other one's records come all the same, and soon.
    @Test(arguments: BrokerKind.allCases)
    func fullStreamHoldsUpNoOther(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(20_000, topic: cluster.otherTopic)
        let log = RebalanceLog()
        // The embedded broker answers a fetch that finds nothing when its time is up, and not when something comes.
        let consumer = try cluster.consumer(
            streams: [
                KafkaStream(topics: [cluster.otherTopic], bufferLimit: 10),
                KafkaStream(topics: [cluster.topic], bufferLimit: 10),
            ], ["fetch.wait.max.ms": "20"], rebalance: log.handler)
        _ = try await withDeadline { try await log.assigned(8) }
        try await withDeadline {
            while consumer.poller.streams.buffers[0].room > 0 { try await Task.sleep(for: .milliseconds(10)) }
        }
        let producer = try cluster.producer()
        var delays: [Duration] = []
        for number in 0..<40 {
            let start = ContinuousClock.now
            try await producer.send(topic: cluster.topic, partition: Int32(number % 4), key: nil, value: [1])
            #expect(try await consumer.records(of: 1).take(1).count == 1)
            delays.append(.now - start)
        }
        // Far above what it takes, far below what it would take to be looked for now and then.
        #expect(delays.sorted()[20] < .milliseconds(300))
        #expect(consumer.poller.streams.buffers[0].room == 0)
        #expect(consumer.lastPoll > .now - .seconds(10))
        let rest = try await consumer.records(of: 0).take(20_000)
        #expect(Set(rest.map { [Int64($0.record.partition), $0.record.offset] }).count == 20_000)
        await consumer.close()
        await producer.close()
    }

    /// A buffer that is never full, since somebody waits for every record, is filled again at once.
    @Test func recordsThatAreWaitedForFlow() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(8000)
        let consumer = try cluster.consumer(bufferLimit: 10)
        #expect(try await consumer.records.take(1).count == 1)
        let start = ContinuousClock.now
        #expect(try await consumer.records.take(7999).count == 7999)
        // With a pause of 100 ms after every ten records, this would take 80 s.
        #expect(.now - start < .seconds(60))
        await consumer.close()
    }
}
