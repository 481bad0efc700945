import AudioStore
import FoundationEssentials
import Jobs
import Kafka
import TestSupport
import Testing

@testable import SpeechTranslation
@testable import Worker

/// How attempts end that don't end with a translation.
@Suite(.timeLimit(.minutes(5))) struct JobAttemptTests {
    private let folder: TemporaryDirectory
    private let started = Gate()
    /// Runs until it is cancelled.
    private let endless: ScriptedEngine
    /// Runs for ever, whatever it is told.
    private let deaf: ScriptedEngine
    private let never = Gate()

    init() throws {
        folder = try TemporaryDirectory()
        try folder.write(WaveFile.sawTooth(sampleCount: 8000).bytes, to: "a.wav")
        endless = ScriptedEngine { [started] _, _ in
            started.open()
            try await Task.sleep(for: .seconds(3600))
            return .saying("")
        }
        deaf = ScriptedEngine { [started, never] _, _ in
            started.open()
            await Task { try? await never.wait() }.value
            return .saying("")
        }
    }

    @Test func jobThatIsCalledOffWhileItRuns() async throws {
        let processor = try processor(endless)
        let attempt = JobAttempt(crashes: 1)
        let message = try processor.read(record())
        let work = Task { try await processor.process(message, attempt: attempt) }
        try await started.wait()
        attempt.stop.stop(.cancelled("not needed"))
        // Only the first cause counts.
        attempt.stop.stop(.shutdown)
        work.cancel()
        let outcome = try await work.value
        let result = try #require(outcome.result)
        #expect(result.status == .cancelled && result.jobID == "j" && result.run == 2 && result.batchID == "b")
        #expect(result.error.message == "not needed" && result.worker == "w" && result.finishDate != nil)
        #expect(outcome.deadLetter == nil && outcome.retry == nil && outcome.format == .json)
    }

    @Test func jobThatIsCalledOffBeforeItBegins() async throws {
        let engine = ScriptedEngine { _, _ in
            Issue.record("the engine ran")
            return .saying("")
        }
        let processor = try processor(engine, store: FlakyStore(path: "/", failures: .max))
        let message = try processor.read(record())
        let attempt = JobAttempt()
        attempt.stop.stop(.cancelled(""))
        #expect(try await processor.process(message, attempt: attempt).result?.status == .cancelled)
        let result = processor.cancelled(message, reason: "").result
        #expect(result?.status == .cancelled && result?.hasError == false && result?.labels == ["k": "v"])
    }

    @Test func unreadableRecordIsKeptEvenWhenCalledOff() throws {
        let record = KafkaRecord(topic: "t.jobs", partition: 0, offset: 0, value: [1])
        let outcome = try processor().cancelled(processor().read(record), reason: "r")
        #expect(outcome.deadLetter != nil && outcome.result == nil)
    }

    @Test(arguments: [.answered, .shutdown, nil] as [JobStop.Cause?])
    func jobThatIsStoppedForAnotherReasonHasNoOutcome(cause: JobStop.Cause?) async throws {
        let processor = try processor(deaf)
        let message = try processor.read(record())
        let attempt = JobAttempt()
        let work = Task { try await processor.process(message, attempt: attempt) }
        try await started.wait()
        if let cause { attempt.stop.stop(cause) }
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
        never.open()
    }

    @Test func deadlineThatPassesWhileTheJobRuns() async throws {
        for engine in [endless, deaf] {
            let processor = try processor(engine)
            let message = try processor.read(record { $0.deadlineDate = Date() + 0.2 })
            let outcome = try await processor.process(message)
            #expect(outcome.result?.status == .deadlineExceeded && outcome.result?.hasError == false)
            #expect(outcome.retry == nil && outcome.result?.finishDate != nil)
        }
        never.open()
    }

    @Test func deadlineThatPassesWhileTheJobWaitsForTheEngine() async throws {
        let processor = try processor(deaf)
        let first = try processor.read(record())
        let running = Task { try await processor.process(first) }
        try await started.wait()
        let second = try processor.read(record { $0.deadlineDate = Date() + 0.2 })
        #expect(try await processor.process(second).result?.status == .deadlineExceeded)
        never.open()
        _ = try await running.value
    }

    @Test func attemptThatTakesTooLongIsTriedAgain() async throws {
        for (engine, deadline) in [(endless, nil), (deaf, nil), (endless, Date() + 3600)] {
            let processor = try processor(engine, attemptLimit: .milliseconds(100))
            let message = try processor.read(record { $0.deadlineDate = deadline })
            let retry = try #require(try await processor.process(message).retry)
            #expect(retry.report.failure.reason == .attemptTimeLimit && retry.report.failure.failureClass == .transient)
        }
        never.open()
    }

    @Test func storageThatHangsIsLeftAlone() async throws {
        let hang = Hang()
        let store = WatchedStore(try FileAudioStore(roots: [folder.path])) { uri in
            if uri.hasSuffix("hung.wav") { await hang.enterAsynchronously() }
        }
        let processor = try processor(store: store)
        let hung = try processor.read(
            record {
                $0.audio.uri = "file:///hung.wav"
                $0.deadlineDate = Date() + 0.2
            })
        #expect(try await processor.process(hung).result?.status == .deadlineExceeded)
        let good = try processor.read(record())
        #expect(try await processor.process(good).result?.status == .ok)
        hang.end()
    }

    @Test func storageThatStaysAwayIsAskedAgainLater() async throws {
        let store = FlakyStore(path: folder.file("a.wav"), failures: .max)
        let processor = try processor(store: store)
        let outcome = try await processor.process(processor.read(record()))
        #expect(store.attemptCount == 3 && outcome.result == nil && outcome.deadLetter == nil)
        let retry = try #require(outcome.retry)
        #expect(retry.delay == .oneMinute && (0...60).contains(retry.notBefore.timeIntervalSinceNow))
        #expect(retry.report.attempts == 1 && retry.report.crashes == 0 && retry.report.lane == "t.jobs.bulk")
        #expect(retry.report.origin == RecordPlace(topic: "t.jobs.bulk", partition: 2, offset: 9))
        #expect(retry.lastAnswer.status == .deadLettered && retry.lastAnswer.error.reason == .storageUnavailable)
    }

    @Test(arguments: [(0, RetryDelay.oneMinute), (1, .tenMinutes), (2, .oneHour), (3, nil), (1_000_000, nil)])
    func eachTryWaitsLongerUntilTheLast(tries: Int, delay: RetryDelay?) async throws {
        let crashes = 2
        let store = FlakyStore(path: folder.file("a.wav"), failures: .max)
        let processor = try processor(store: store)
        var record = try record()
        record.topic = "t.retries.1m"
        record.headers += [
            KafkaHeader(key: "dragoman-attempts", value: "\(tries + crashes)"),
            KafkaHeader(key: "dragoman-crashes", value: "\(crashes)"),
            KafkaHeader(key: "dragoman-origin", value: "t.jobs/1/5"),
        ]
        let message = processor.read(record)
        let outcome = try await processor.process(message, attempt: JobAttempt(crashes: crashes))
        let report = try #require(outcome.retry?.report ?? outcome.deadLetter)
        #expect(outcome.retry?.delay == delay && (outcome.deadLetter == nil) == (delay != nil))
        #expect(report.attempts == tries + crashes + 1 && report.crashes == crashes)
        #expect(report.origin == RecordPlace(topic: "t.jobs", partition: 1, offset: 5) && report.lane == "t.jobs")
        let result = try #require(outcome.result ?? outcome.retry?.lastAnswer)
        #expect(result.status == .deadLettered && result.error.reason == .storageUnavailable)
        #expect(result.attempt == UInt32(tries + crashes + 1) && report.failure.failureClass == .transient)
        #expect(result.origin.topic == "t.retries.1m")
    }

    @Test func retryIsNotLaterThanTheDeadline() async throws {
        let store = FlakyStore(path: folder.file("a.wav"), failures: .max)
        let processor = try processor(store: store)
        let deadline = Date() + 20
        let outcome = try await processor.process(processor.read(record { $0.deadlineDate = deadline }))
        #expect(try #require(outcome.retry).notBefore <= deadline + 0.001)
    }

    @Test func lethalJobIsADeadLetter() throws {
        let processor = try processor()
        let outcome = processor.lethal(try processor.read(record()), crashes: 4)
        let report = try #require(outcome.deadLetter)
        #expect(report.failure.reason == .workerCrashed && report.failure.failureClass == .lethal)
        #expect(report.attempts == 4 && report.crashes == 4)
        let result = try #require(outcome.result)
        #expect(result.status == .deadLettered && result.error.reason == .workerCrashed && result.attempt == 4)
        #expect(result.jobID == "j" && result.run == 2)
    }

    /// One that can't be read may be lethal too, in whatever reads it.
    @Test func lethalRecordThatCannotBeRead() throws {
        let processor = try processor()
        let record = KafkaRecord(topic: "t.jobs", partition: 0, offset: 0, value: [1])
        let outcome = processor.lethal(processor.read(record), crashes: 4)
        #expect(outcome.deadLetter?.failure.failureClass == .lethal && outcome.result == nil)
    }

    private func processor(
        _ engine: ScriptedEngine = ScriptedEngine(), store: (any AudioStore)? = nil,
        attemptLimit: Duration = .seconds(3600)
    ) throws -> JobProcessor {
        var configuration = try WorkerConfiguration.test
        configuration.attemptLimit = attemptLimit
        return JobProcessor(
            configuration: configuration, engine: engine, store: try store ?? FileAudioStore(roots: [folder.path]),
            retries: RetryPolicy(attempts: 3, firstDelay: .milliseconds(1)))
    }

    private func record(_ change: (inout TranslationJob) -> Void = { _ in }) throws -> KafkaRecord {
        var job = TranslationJob()
        job.id = "j"
        job.run = 2
        job.batchID = "b"
        job.labels = ["k": "v"]
        job.audio.uri = try FileURI.make(path: folder.file("a.wav"))
        change(&job)
        return KafkaRecord(
            topic: "t.jobs.bulk", partition: 2, offset: 9, value: try MessageCodec.encode(job, as: .json))
    }
}
