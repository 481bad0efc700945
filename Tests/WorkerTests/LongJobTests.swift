import AudioStore
import FoundationEssentials
import Jobs
import Kafka
import SpeechTranslation
import TestSupport
import Testing

@testable import Worker

/// Recordings that are cut.
@Suite(.timeLimit(.minutes(5))) struct LongJobTests {
    private static let names = [
        "it-menardi-conf-unlockednow", "es-allison-conf-extended", "fr-june-conf-nonextended", "es-allison-vm-saveoper",
        "fr-june-vm-invalidpassword",
    ]
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    @Test func segmentsStandInTheResult() async throws {
        let result = try await result(of: job(recording()))
        #expect(result.status == .ok && result.segments.count == Self.names.count)
        #expect(result.text == result.segments.map(\.text).joined(separator: " "))
        #expect(result.segments.allSatisfy { $0.speechProbability > 0.5 && $0.remarks.isEmpty })
        #expect(zip(result.segments, result.segments.dropFirst()).allSatisfy { $0.end <= $1.start })
        #expect(abs(result.audioSeconds - 28.6) < 1 && (10...25).contains(result.speechSeconds))
        #expect(result.timings.encode == Double(Self.names.count) && result.timings.decode > 0)
    }

    @Test func timesAreThoseOfTheRecording() async throws {
        var job = try job(recording())
        job.audio.start = 4
        let result = try await result(of: job)
        #expect(result.segments.first.map { $0.start >= 4 } == true && result.segments.count == Self.names.count - 1)
    }

    @Test func segmentsOfAJobShareTheEngine() async throws {
        let concurrency = Concurrency()
        let engine = ScriptedEngine(jobLimit: 3) { samples, _ in
            await concurrency.visit(staying: .seconds(1))
            return .saying("\(samples.count)")
        }
        let result1 = try await result(of: job(recording()), engine: engine)
        #expect(result1.segments.count == Self.names.count)
        #expect((2...3).contains(concurrency.peak))
    }

    @Test func wholeOnRequest() async throws {
        var job = try job(recording())
        job.segmentation.method = .whole
        let result = try await result(of: job)
        #expect(result.segments.count == 1 && result.segments.first?.start == 0)
    }

    @Test func nobodySpeaks() async throws {
        let never = ScriptedEngine { _, _ in
            Issue.record("the engine ran")
            return .saying("")
        }
        let silence = try folder.write(WaveFile([Int16](repeating: 0, count: 16_000 * 30)).bytes, to: "silence.wav")
        let result = try await result(of: job(silence), engine: never)
        #expect(result.status == .noSpeech && result.text.isEmpty && result.segments.isEmpty && !result.hasError)
        #expect(result.audioSeconds == 30 && result.hasSpeechSeconds && result.targetLanguage == "de")
    }

    @Test func guardsAreTheJobs() async throws {
        let engine = ScriptedEngine { samples, options in
            var translation = Translation.saying("x")
            translation.tokens = options.noRepeatNgramSize == nil ? Array(repeating: 5, count: 20) : [5, 2]
            return translation
        }
        var job = try job(recording())
        let result2 = try await result(of: job, engine: engine)
        #expect(result2.segments.allSatisfy { $0.remarks == [.repetition] })
        job.decoding.guards = false
        let result3 = try await result(of: job, engine: engine)
        #expect(result3.segments.allSatisfy { $0.remarks.isEmpty })
        job.decoding.guards = true
        job.segmentation.method = .whole
        let result4 = try await result(of: job, engine: engine)
        #expect(result4.segments.map(\.remarks) == [[.repetition]])
    }

    @Test func memoryIsBounded() async throws {
        var configuration = try WorkerConfiguration.test
        configuration.audioMemory = 8 << 20
        let path = try recording(times: 20)
        let processor = JobProcessor(
            configuration: configuration, engine: ScriptedEngine(jobLimit: 2),
            store: try FileAudioStore(roots: [folder.path]))
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    let outcome = try await processor.process(processor.read(record(job(path))))
                    return outcome.result?.segments.count ?? 0
                }
            }
            for try await count in group { #expect(count == 20 * Self.names.count) }
        }
    }

    /// All recordings at 8 kHz, with two seconds between them.
    private func recording(times: Int = 1) throws -> String {
        var data: [UInt8] = []
        for name in Self.names {
            let file = try Data(contentsOf: URL(filePath: Fixtures.path("demo-model/samples/\(name).wav")))
            data += file.dropFirst(44)
            data += [UInt8](repeating: 0, count: 2 * 16_000)
        }
        data = Array(repeatElement(data, count: times).joined())
        return try folder.write(WaveFile(.pcm, bits: 16, rate: 8000, data: data).bytes, to: "long.wav")
    }

    private func job(_ path: String) throws -> TranslationJob {
        var job = TranslationJob()
        job.id = "j"
        job.audio.uri = try FileURI.make(path: path)
        job.targetLanguage = "de"
        return job
    }

    private func record(_ job: TranslationJob) throws -> KafkaRecord {
        let header = KafkaHeader(key: "content-type", value: "application/protobuf")
        return KafkaRecord(
            topic: "jobs", partition: 2, offset: 9, key: Array("j".utf8),
            value: try MessageCodec.encode(job, as: .protobuf), headers: [header])
    }

    private func result(
        of job: TranslationJob, engine: ScriptedEngine = ScriptedEngine()
    ) async throws -> TranslationResult {
        let processor = JobProcessor(
            configuration: try .test, engine: engine, store: try FileAudioStore(roots: [folder.path]))
        return try #require(try await processor.process(processor.read(record(job))).result)
    }
}
