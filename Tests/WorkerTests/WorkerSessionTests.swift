import AudioStore
import Jobs
import Kafka
import Ledger
import Synchronization
import TestSupport
import Testing

@testable import Worker

/// Several jobs in flight, stopping, and rebalances, against librdkafka's mock cluster.
@Suite(.timeLimit(.minutes(5))) struct WorkerSessionTests {
    @Test func audioIsFetchedAheadOfTheEngine() async throws {
        let fleet = try Fleet()
        let gate = Gate()
        let translated = Atomic(0)
        let store = WatchedStore(try FileAudioStore(roots: [fleet.folder.path]))
        let engine = ScriptedEngine { samples, _ in
            try await gate.wait()
            translated.add(1, ordering: .relaxed)
            return .saying("\(samples.count)")
        }
        let service = try fleet.worker("w1", engine: engine, store: store, inFlight: 3)
        let work = Task { try await service.run() }
        try await fleet.submit((0..<8).map { try fleet.job("j\($0)") })
        var fetched = 0
        for await _ in store.began {
            fetched += 1
            // A job leaves the engine before it makes room for another.
            let ahead = fetched - translated.load(ordering: .relaxed)
            #expect(ahead <= 3)
            if fetched == 3 { gate.open() }
            if fetched == 8 { break }
        }
        let results = try await fleet.results(count: 8)
        #expect(Set(results.map(\.jobID)).count == 8)
        work.cancel()
        try await work.value
        #expect(try await fleet.committed() == [0: 8])
    }

    @Test func unfinishedJobHoldsCommitsUp() async throws {
        let fleet = try Fleet()
        let gate = Gate()
        let slowName = "slow.wav"
        try fleet.folder.write(WaveFile.sawTooth(sampleCount: 8000).bytes, to: slowName)
        let store = WatchedStore(try FileAudioStore(roots: [fleet.folder.path])) { uri in
            if uri.hasSuffix(slowName) { try await gate.wait() }
        }
        let service = try fleet.worker("w1", store: store, grace: .seconds(2))
        var slow = try fleet.job("slow")
        slow.audio.uri = try FileURI.make(path: fleet.folder.file(slowName))
        try await fleet.submit([fleet.job("a"), slow, fleet.job("b"), fleet.job("c")])
        let work = Task { try await service.run() }
        #expect(Set(try await fleet.results(count: 3).map(\.jobID)) == ["a", "b", "c"])
        work.cancel()
        try await work.value
        #expect(try await fleet.committed() == [0: 1])
        // The next worker does what was left, and nothing of what lies behind it.
        gate.open()
        let next = try fleet.worker("w2")
        let nextWork = Task { try await next.run() }
        try await fleet.submit([fleet.job("d")])
        let results = try await fleet.results(count: 5)
        #expect(Set(results.dropFirst(3).map(\.jobID)) == ["slow", "d"])
        nextWork.cancel()
        try await nextWork.value
        #expect(try await fleet.committed() == [0: 5])
    }

    @Test func whatDoesNotFitTheGracePeriodIsGivenBack() async throws {
        let fleet = try Fleet()
        let never = Gate()
        let started = Gate()
        let wasCancelled = Atomic(false)
        let service = try fleet.worker(
            "w1",
            engine: ScriptedEngine { _, _ in
                started.open()
                defer { wasCancelled.store(Task.isCancelled, ordering: .relaxed) }
                try await never.wait()
                return .saying("")
            }, grace: .seconds(1))
        try await fleet.submit([fleet.job("a"), fleet.job("b")])
        let work = Task { try await service.run() }
        try await started.wait()
        work.cancel()
        try await work.value
        // The worker does not wait for it for ever; the test does, up to its limit of time.
        while !wasCancelled.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try await fleet.committed() == [0: 0])

        let next = try fleet.worker("w2")
        let nextWork = Task { try await next.run() }
        let results = try await fleet.results(count: 2)
        #expect(
            Set(results.map(\.jobID)) == ["a", "b"] && results.allSatisfy { $0.worker == "w2" && $0.status == .ok })
        nextWork.cancel()
        try await nextWork.value
    }

    @Test func engineThatHeedsNothingDoesNotHoldTheWorker() async throws {
        let fleet = try Fleet()
        let never = Gate()
        let started = Gate()
        let service = try fleet.worker(
            "w1",
            engine: ScriptedEngine { _, _ in
                started.open()
                await Task { try? await never.wait() }.value
                return .saying("")
            }, grace: .seconds(1))
        try await fleet.submit([fleet.job("a")])
        let work = Task { try await service.run() }
        try await started.wait()
        work.cancel()
        try await work.value
        never.open()
    }

    @Test func brokerThatIsGoneDoesNotHoldTheWorker() async throws {
        let fleet = try Fleet()
        let (started, gate) = (Gate(), Gate())
        let service = try fleet.worker(
            "w1",
            engine: ScriptedEngine { _, _ in
                started.open()
                try await gate.wait()
                return .saying("")
            }, grace: .seconds(2))
        try await fleet.submit([fleet.job("a"), fleet.job("b")])
        let work = Task { try await service.run() }
        try await started.wait()
        fleet.stopBroker()
        gate.open()
        work.cancel()
        try await work.value
    }

    /// The range assignor takes every partition away when a worker joins, and gives half of them right back.
    @Test func rebalanceDoesNotRunAJobTwiceInAWorker() async throws {
        let fleet = try Fleet()
        let (started, gate) = (Gate(), Gate())
        let runs = Mutex<[Int]>([])
        let first = try fleet.worker(
            "w1",
            engine: ScriptedEngine { samples, _ in
                runs.withLock { $0.append(samples.count) }
                started.open()
                try await gate.wait()
                return .saying("")
            })
        for partition in 0..<Int32(Fleet.partitions) {
            var job = try fleet.job("j\(partition)")
            // The engine tells jobs apart by their length.
            job.audio.end = 0.1 * Double(partition + 1)
            try await fleet.submit([job], partition: partition)
        }
        let firstWork = Task { try await first.run() }
        try await started.wait()
        let second = try fleet.worker("w2")
        let secondWork = Task { try await second.run() }
        // When the second has done those of its partitions, the rebalance is over.
        let early = try await fleet.results(count: Fleet.partitions / 2)
        #expect(early.allSatisfy { $0.worker == "w2" })
        gate.open()
        // One that the first had begun may have been done by both.
        try await fleet.waitForResults(of: (0..<Fleet.partitions).map { "j\($0)" })
        try await fleet.waitUntilCommitted([0: 1, 1: 1, 2: 1, 3: 1])
        for work in [firstWork, secondWork] {
            work.cancel()
            try await work.value
        }
        let lengths = runs.withLock { $0 }
        #expect(Set(lengths).count == lengths.count)
    }

    @Test func aRunningJobThatIsCalledOffGetsItsRecord() async throws {
        let fleet = try Fleet()
        let started = Gate()
        let service = try fleet.worker(
            "w1",
            engine: ScriptedEngine { _, _ in
                started.open()
                try await Task.sleep(for: .seconds(3600))
                return .saying("")
            }, inFlight: 2)
        let work = Task { try await service.run() }
        try await fleet.submit((0..<4).map { try fleet.job("j\($0)") })
        try await started.wait()
        for index in 0..<4 { try await fleet.callOff("j\(index)") }
        let results = try await fleet.results(count: 4)
        #expect(results.map(\.status) == Array(repeating: .cancelled, count: 4))
        try await fleet.waitUntilCommitted([0: 4])
        work.cancel()
        try await work.value
    }

    @Test func aJobWhoseWorkerMayHaveDiedOfItRunsAlone() async throws {
        let fleet = try Fleet()
        let (begun, gate) = (AsyncStream<Int>.makeStream(), Gate())
        let engine = ScriptedEngine { samples, _ in
            begun.continuation.yield(samples.count)
            try await gate.wait()
            return .saying("\(samples.count)")
        }
        var jobs = try (0..<3).map { try fleet.job("j\($0)") }
        for index in jobs.indices { jobs[index].audio.end = 0.1 * Double(index + 1) }
        try await fleet.submit(jobs)
        // What another worker has left that died with the second job.
        var left = LedgerRecord(base: 0, session: 77, sequence: 1)
        left.marks = [LedgerRecord.Mark(offset: 1, isStarted: true)]
        try await fleet.commit(KafkaOffset(topic: fleet.topics.jobs, partition: 0, offset: 0, metadata: left.metadata))
        let service = try fleet.worker("w1", engine: engine)
        let work = Task { try await service.run() }
        var order: [Int] = []
        for await length in begun.stream {
            order.append(length)
            if order.count == 1 { gate.open() }
            if order.count == 3 { break }
        }
        #expect(order.contains(3200))
        let results = try await fleet.results(count: 3)
        #expect(results.first { $0.jobID == "j1" }?.attempt == 2)
        try await fleet.waitUntilCommitted([0: 3])
        work.cancel()
        try await work.value
    }
}
