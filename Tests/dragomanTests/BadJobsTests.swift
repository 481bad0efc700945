import Foundation
import TestSupport
import Testing

/// Whatever is wrong with a job, its result says what, and the worker goes on.
@Suite(.timeLimit(.minutes(6))) struct BadJobsTests {
    private struct Line: Decodable {
        struct Failure: Decodable {
            let reason: String
            let message: String
        }

        let jobId: String
        let status: String
        let error: Failure?
        let text: String?
    }

    @Test func eachHasItsReason() async throws {
        let kcat = try TestRequirement.program("kcat")
        let fleet = try await TestFleet(.embedded)
        let (folder, outside) = (try TemporaryDirectory(), try TemporaryDirectory())
        let sample = try #require(try DemoModel.samples().first { $0.path.hasSuffix(".flac") })
        let flac = try Data(contentsOf: URL(filePath: sample.path))
        let good = try folder.write(flac, to: "good.flac")
        let secret = try outside.write(flac, to: "secret.flac")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link.flac"), withDestinationPath: secret)
        let outsideName = outside.path.split(separator: "/").last ?? ""

        let jobs: [(id: String, fields: String, reason: String)] = [
            ("corrupt", audio(try folder.write(corrupted(flac), to: "corrupt.flac")), "AUDIO_CORRUPT"),
            ("missing", audio(folder.file("missing.wav")), "AUDIO_NOT_FOUND"),
            ("climbing", audio(folder.path + "/../\(outsideName)/secret.flac"), "URI_NOT_ALLOWED"),
            ("linked", audio(folder.file("link.flac")), "URI_NOT_ALLOWED"),
            ("text", audio(try folder.write(Array("no audio".utf8), to: "text.wav")), "AUDIO_FORMAT_NOT_SUPPORTED"),
            ("promising", audio(try folder.write(twelveHours(), to: "promising.wav")), "AUDIO_EMPTY"),
            ("klingon", audio(good) + #", "targetLanguage": "tlh""#, "UNKNOWN_TARGET_LANGUAGE"),
            ("elsewhere", audio(good) + #", "model": "another-model""#, "MODEL_MISMATCH"),
        ]
        var lines = jobs.map { "\($0.id)\t{\"id\": \"\($0.id)\", \($0.fields)}" }
        lines.append("nonsense\tthis is not JSON")
        lines.append("good\t{\"id\": \"good\", \(audio(good)), \"decoding\": {\"beams\": 5}}")
        let worker = try fleet.startWorker("w", roots: [folder.path])
        let sent = try await Program.run(
            kcat, ["-P", "-b", fleet.brokers, "-t", fleet.prefix + "jobs", "-K", #"\t"#],
            input: lines.joined(separator: "\n") + "\n")
        #expect(sent.status == 0, "\(sent.messages)")

        let results = try await waitFor(60) { () -> [String: Line]? in
            let read = try await Program.run(
                kcat,
                [
                    "-C", "-b", fleet.brokers, "-t", fleet.prefix + "results", "-o", "beginning", "-e", "-q", "-f",
                    #"%s\n"#,
                ])
            let found = try read.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
            guard found.count >= lines.count else { return nil }
            return Dictionary(found.map { ($0.jobId, $0) }) { first, _ in first }
        }
        for job in jobs {
            let result = results[job.id]
            #expect(result?.status == "FAILED" && result?.error?.reason == job.reason, "\(job.id): \(result as Any)")
            #expect(result?.error?.message.isEmpty == false)
        }
        #expect(results["nonsense"]?.status == "DEAD_LETTERED")
        #expect(results["nonsense"]?.error?.reason == "UNREADABLE_MESSAGE")
        #expect(results["good"]?.status == "OK" && results["good"]?.text == sample.beamText)
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
    }

    private func audio(_ path: String) -> String { #""audio": {"uri": "file://\#(path)"}"# }

    /// Sound until somewhere in the middle.
    private func corrupted(_ flac: Data) -> Data {
        var flac = flac
        for index in flac.count / 2..<flac.count { flac[index] = 0xA5 }
        return flac
    }

    /// A WAV header that promises twelve hours at 16 kHz, and nothing behind it.
    private func twelveHours() -> [UInt8] {
        let bytes = UInt32(12 * 3600 * 16_000 * 2)
        func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        return Array("RIFF".utf8) + little(bytes + 36) + Array("WAVEfmt ".utf8) + little(16) + [1, 0, 1, 0]
            + little(16_000) + little(32_000) + [2, 0, 16, 0] + Array("data".utf8) + little(bytes)
    }
}
