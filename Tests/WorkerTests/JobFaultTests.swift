import AudioStore
import Checkpoint
import Foundation
import Jobs
import SpeechTranslation
import TestSupport
import Testing
import Worker

/// What a job can get wrong, on real files with the demonstration's checkpoint: each has its own reason, and the worker
/// goes on.
@Suite(.timeLimit(.minutes(6))) struct JobFaultTests {
    private let outside: TemporaryDirectory

    init() throws {
        outside = try TemporaryDirectory()
    }

    @Test func everyFaultHasItsReason() async throws {
        let fleet = try Fleet()
        let checkpoint = try Checkpoint(path: Fixtures.path("demo-model/model"))
        var model = ModelInfo()
        model.name = "demo-model"
        model.digest = checkpoint.digest()
        let engine = TranslatorEngine(try Translator(checkpoint: checkpoint, threads: 1), model: model)
        let service = try fleet.worker("w1", engine: engine)
        let work = Task { try await service.run() }

        let faults = try faults(in: fleet)
        try await fleet.submit(faults.map(\.job) + [good(fleet, model: String(model.digest.prefix(12)))])

        let results = try await fleet.results(count: faults.count + 1)
        let byID = Dictionary(uniqueKeysWithValues: results.map { ($0.jobID, $0) })
        for fault in faults {
            let result = try #require(byID[fault.job.id])
            #expect(result.status == .failed && result.error.reason == fault.reason, "\(result.error.message)")
            #expect(result.error.message.contains(fault.says), "\(result.error.message)")
        }
        #expect(Set(results.map(\.error.message)).count == results.count)
        let result = try #require(byID["good"])
        #expect(result.status == .ok && result.text == Self.text)
        work.cancel()
        try await work.value
        #expect(try await fleet.committed() == [0: Int64(results.count)])
    }

    private struct Fault {
        let job: TranslationJob
        let reason: JobError.Reason
        /// A part of the message.
        let says: String

        init(_ job: TranslationJob, _ reason: JobError.Reason, says: String) {
            self.job = job
            self.reason = reason
            self.says = says
        }
    }

    private func faults(in fleet: Fleet) throws -> [Fault] {
        let folder = fleet.folder
        let secret = try outside.write(WaveFile.sawTooth(sampleCount: 8000).bytes, to: "secret.wav")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link.wav"), withDestinationPath: secret)
        try FileManager.default.createDirectory(atPath: folder.file("sub"), withIntermediateDirectories: false)
        try folder.write(Array("not audio".utf8), to: "text.wav")
        var corrupt = Array(try Data(contentsOf: URL(filePath: Self.sample("es-allison-conf-extended.flac"))))
        for index in corrupt.indices.dropFirst(200) { corrupt[index] = UInt8(truncatingIfNeeded: index &* 31) }
        try folder.write(corrupt, to: "corrupt.flac")
        var hours = WaveFile([Int16]())
        hours.claimedSize = 12 * 3600 * 16_000 * 2
        try folder.write(hours.bytes, to: "hours.wav")

        func job(_ id: String, _ name: String, change: (inout TranslationJob) -> Void = { _ in }) throws
            -> TranslationJob
        {
            var job = try fleet.job(id)
            job.audio.uri = try FileURI.make(path: folder.path) + "/" + name
            change(&job)
            return job
        }
        return [
            Fault(try job("corrupt", "corrupt.flac"), .audioCorrupt, says: "corrupt.flac"),
            Fault(try job("missing", "missing.wav"), .audioNotFound, says: "missing.wav"),
            Fault(try job("dots", "sub/../../secret.wav"), .uriNotAllowed, says: "outside the audio roots"),
            Fault(try job("link", "link.wav"), .uriNotAllowed, says: "outside the audio roots"),
            Fault(try job("text", "text.wav"), .audioFormatNotSupported, says: "text.wav"),
            Fault(try job("hours", "hours.wav"), .audioEmpty, says: "no audio in it"),
            Fault(try job("target", "a.wav") { $0.targetLanguage = "tlh" }, .unknownTargetLanguage, says: "tlh"),
            Fault(try job("model", "a.wav") { $0.model = "another" }, .modelMismatch, says: "demo-model"),
        ]
    }

    private func good(_ fleet: Fleet, model: String) throws -> TranslationJob {
        let name = "good.wav"
        try fleet.folder.write(Data(contentsOf: URL(filePath: Self.sample("es-allison-vm-saveoper.wav"))), to: name)
        var job = try fleet.job("good")
        job.audio.uri = try FileURI.make(path: fleet.folder.file(name))
        job.model = model
        return job
    }

    /// What Hugging Face makes of the good one.
    private static let text = "Press one to accept this call, or two to reject it."

    private static func sample(_ name: String) -> String { Fixtures.path("demo-model/samples/" + name) }
}
