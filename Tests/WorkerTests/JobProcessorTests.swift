import Audio
import AudioStore
import Checkpoint
import FoundationEssentials
import Jobs
import Kafka
import TestSupport
import Testing

@testable import SpeechTranslation
@testable import Worker

@Suite struct JobProcessorTests {
    private let folder: TemporaryDirectory
    private let uri: String

    init() throws {
        folder = try TemporaryDirectory()
        // Half a second.
        uri = try FileURI.make(path: folder.write(WaveFile.sawTooth(sampleCount: 8000).bytes, to: "a b.wav"))
    }

    @Test func goodJob() async throws {
        var job = job()
        job.batchID = "b"
        job.batchIndex = 3
        job.run = 1
        job.sourceLanguage = "fr"
        job.labels = ["k": "v"]
        job.decoding.beams = 3
        job.decoding.earlyStopping = .never
        let engine = ScriptedEngine { samples, options in
            #expect(samples.count == 8000)
            #expect(options == DecodingOptions(target: "de", beams: 3, earlyStopping: .never))
            return .saying("hello")
        }
        let result = try await result(of: job, engine: engine)
        #expect(result.status == .ok && result.text == "hello" && result.audioSeconds == 0.5)
        #expect(result.jobID == "j" && result.batchID == "b" && result.batchIndex == 3 && result.run == 1)
        #expect(result.sourceLanguage == "fr" && result.targetLanguage == "en_XX" && result.labels == ["k": "v"])
        #expect(result.audio == job.audio && result.attempt == 1 && result.worker == "w")
        #expect(result.origin.topic == "jobs" && result.origin.partition == 2 && result.origin.offset == 9)
        #expect(result.model.name == "scripted")
        #expect(result.timings.encode == 1 && result.timings.generate == 2 && result.timings.decode > 0)
        let segment = try #require(result.segments.first)
        #expect(result.segments.count == 1 && segment.start == 0 && segment.end == 0.5 && segment.text == "hello")
        #expect(segment.tokens == [7, 8, 2] && segment.beamScore == -0.5 && segment.meanTokenLogprob == -0.25)
        #expect(result.finishDate != nil && !result.hasError)
    }

    @Test func rangeIsHonoured() async throws {
        var job = job()
        job.audio.start = 0.125
        job.audio.end = 0.25
        let result = try await result(of: job)
        #expect(result.text == "2000" && result.audioSeconds == 0.125)
        #expect(result.segments.first?.start == 0.125 && result.segments.first?.end == 0.25)
        job.audio.clearEnd()
        #expect(try await self.result(of: job).text == "6000")
    }

    @Test func hypothesesAfterTheBestAreAlternatives() async throws {
        let engine = ScriptedEngine { _, options in
            var translation = Translation.saying("best")
            translation.alternatives = (1..<(options.hypotheses ?? 1)).map { number in
                Translation.Alternative(text: "\(number)", tokens: [7, 2], beamScore: -1, meanTokenLogprob: nil)
            }
            return translation
        }
        var job = job()
        #expect(try await result(of: job, engine: engine).segments.first?.alternatives == [])
        job.decoding.nBest = 3
        let segment = try #require(try await result(of: job, engine: engine).segments.first)
        #expect(segment.text == "best" && segment.alternatives.map(\.text) == ["1", "2"])
        let alternative = try #require(segment.alternatives.first)
        #expect(alternative.tokens == [7, 2] && alternative.beamScore == -1 && !alternative.hasMeanTokenLogprob)
    }

    @Test func idIsDerivedWhereThereIsNone() async throws {
        var job = job()
        job.id = ""
        #expect(try await result(of: job).jobID == job.derivedID)
    }

    @Test func tooShortIsDone() async throws {
        let engine = ScriptedEngine { _, _ in
            var translation = Translation.saying("")
            translation.status = .tooShort
            return translation
        }
        let result = try await result(of: job(), engine: engine)
        #expect(result.status == .tooShort && result.segments.isEmpty && result.text.isEmpty && !result.hasError)
    }

    @Test func whatAJobCanGetWrong() async throws {
        try folder.write(Array("this is no audio at all, whatever its name says".utf8), to: "text.wav")
        try folder.write([], to: "empty.wav")
        try folder.write(WaveFile([Int16]()).bytes, to: "silent.wav")
        let folderURI = try FileURI.make(path: folder.path)
        await expect(.audioNotFound) { $0.audio.uri = folderURI + "/missing.wav" }
        await expect(.uriNotAllowed) { $0.audio.uri = "file:///etc/passwd" }
        await expect(.uriNotAllowed) { $0.audio.uri = folderURI + "/../x.wav" }
        await expect(.uriNotSupported) { $0.audio.uri = "s3://bucket/key" }
        await expect(.audioNotReadable) { $0.audio.uri = folderURI }
        await expect(.audioFormatNotSupported) { $0.audio.uri = folderURI + "/text.wav" }
        await expect(.audioCorrupt) { $0.audio.uri = folderURI + "/empty.wav" }
        await expect(.audioEmpty) { $0.audio.uri = folderURI + "/silent.wav" }
        await expect(.invalidJob) { $0.audio.uri = "" }
        await expect(.invalidJob) { $0.audio.start = -1 }
        await expect(.audioRangeInvalid) { $0.audio.start = 100 }
        await expect(.invalidOption) { $0.decoding.beams = 1000 }
        await expect(.unknownTargetLanguage) { $0.targetLanguage = "xx" }
        await expect(.invalidOption) { $0.segmentation.maxLength = 300 }
        await expect(.modelMismatch) { $0.model = "another" }
        await expect(.checksumMismatch) { $0.audio.sha256 = String(repeating: "0", count: 64) }
        await expect(.invalidJob) { $0.id = "not an id" }
    }

    @Test func modelByNameOrDigest() async throws {
        let digest = ScriptedEngine.digest
        for name in ["scripted", digest, digest.uppercased(), String(digest.prefix(12))] {
            var job = job()
            job.model = name
            #expect(try await result(of: job).status == .ok, "\(name)")
        }
        for name in [String(digest.prefix(11)), digest + "0", "Scripted"] {
            await expect(.modelMismatch) { $0.model = name }
        }
    }

    @Test func checksumThatMatches() async throws {
        let path = try folder.write([], to: "empty")
        let emptyChecksum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        var job = job()
        job.audio.uri = try FileURI.make(path: path)
        job.audio.sha256 = emptyChecksum.uppercased()
        #expect(try await result(of: job).error.reason != .checksumMismatch)
    }

    @Test func passedDeadlineIsNotRun() async throws {
        var job = job()
        job.deadlineDate = Date(timeIntervalSince1970: 1)
        let engine = ScriptedEngine { _, _ in
            Issue.record("the engine ran")
            return .saying("")
        }
        #expect(try await result(of: job, engine: engine).status == .deadlineExceeded)
    }

    @Test func engineGetsOneJobAtATime() async throws {
        let concurrency = Concurrency()
        let engine = ScriptedEngine { samples, _ in
            await concurrency.visit()
            return .saying("\(samples.count)")
        }
        let processor = try processor(engine: engine)
        let record = try record(job())
        try await withThrowingTaskGroup(of: JobOutcome.self) { group in
            for _ in 0..<20 { group.addTask { try await processor.process(processor.read(record)) } }
            for try await outcome in group { #expect(outcome.result?.text == "8000") }
        }
        #expect(concurrency.peak == 1)
    }

    @Test func failingEngineIsAnInternalError() async throws {
        struct Trouble: Error {}
        let engine = ScriptedEngine { _, _ in throw Trouble() }
        let result = try await result(of: job(), engine: engine)
        #expect(result.status == .failed && result.error.reason == .internal)
    }

    @Test func storageThatComesBack() async throws {
        let store = FlakyStore(path: folder.file("a b.wav"), failures: 2)
        let result = try await result(of: job(), store: store)
        #expect(result.status == .ok)
        #expect(store.attemptCount == 3)
    }

    @Test func unreadableMessageWithAKey() async throws {
        let outcome = try await outcome(of: record(value: Array("{".utf8), key: "j"))
        #expect(outcome.deadLetter?.failure.reason == .unreadableMessage && outcome.format == .json)
        let result = try #require(outcome.result)
        #expect(result.jobID == "j" && result.status == .deadLettered && result.error.reason == .unreadableMessage)
    }

    @Test(arguments: [nil, "no id", ""])
    func unreadableMessageWithoutAUsableKey(key: String?) async throws {
        let outcome = try await outcome(of: record(value: nil, key: key))
        #expect(outcome.deadLetter != nil && outcome.result == nil)
    }

    @Test func foreignMessageIsADeadLetter() async throws {
        let header = KafkaHeader(key: "ce_type", value: "dragoman.v2.TranslationJob")
        let outcome = try await outcome(of: record(value: Array("{}".utf8), key: "j", headers: [header]))
        #expect(outcome.deadLetter?.failure.reason == .messageTypeNotSupported)
    }

    private func job() -> TranslationJob {
        var job = TranslationJob()
        job.id = "j"
        job.audio.uri = uri
        job.targetLanguage = "de"
        return job
    }

    private func processor(
        engine: ScriptedEngine = ScriptedEngine(), store: (any AudioStore)? = nil
    ) throws -> JobProcessor {
        JobProcessor(
            configuration: try .test, engine: engine, store: try store ?? FileAudioStore(roots: [folder.path]),
            retries: RetryPolicy(attempts: 3, firstDelay: .milliseconds(1)))
    }

    private func outcome(of record: KafkaRecord) async throws -> JobOutcome {
        let processor = try processor()
        return try await processor.process(processor.read(record))
    }

    private func result(
        of job: TranslationJob, engine: ScriptedEngine = ScriptedEngine(), store: (any AudioStore)? = nil
    ) async throws -> TranslationResult {
        let processor = try processor(engine: engine, store: store)
        let outcome = try await processor.process(processor.read(record(job)))
        #expect(outcome.deadLetter == nil && outcome.retry == nil && outcome.format == .protobuf)
        return try #require(outcome.result)
    }

    private func expect(
        _ reason: JobError.Reason, sourceLocation: SourceLocation = #_sourceLocation,
        change: (inout TranslationJob) -> Void
    ) async {
        var job = job()
        change(&job)
        let result = try? await result(of: job)
        #expect(result?.status == .failed, sourceLocation: sourceLocation)
        #expect(result?.error.reason == reason, "\(result?.error.message ?? "")", sourceLocation: sourceLocation)
        #expect(result?.error.message.isEmpty == false, sourceLocation: sourceLocation)
    }

    private func record(_ job: TranslationJob) throws -> KafkaRecord {
        let header = KafkaHeader(key: "content-type", value: "application/protobuf")
        return record(value: try MessageCodec.encode(job, as: .protobuf), key: "j", headers: [header])
    }

    private func record(value: [UInt8]?, key: String?, headers: [KafkaHeader] = []) -> KafkaRecord {
        KafkaRecord(
            topic: "jobs", partition: 2, offset: 9, key: key.map { Array($0.utf8) }, value: value, headers: headers)
    }
}
