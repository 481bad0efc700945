import TestSupport
import Testing

@Suite struct TranslateTests {
    @Test(arguments: [1, 5])
    func tokensAreHuggingFaces(beams: Int) async throws {
        let expected = try DemoModel.tokens()
        let files = expected.map { DemoModel.samplesFolder + "/" + $0.path }
        let outcome = try await Tool.run(
            ["translate", "--model", DemoModel.checkpoint, "--beams", "\(beams)", "--threads", "1", "--json"] + files)
        #expect(outcome.status == 0)
        let lines = try ParsedLine.parse(outcome.lines)
        #expect(lines.map(\.file) == files)
        #expect(lines.map(\.tokens) == expected.map { beams == 1 ? $0.greedy : $0.beam5 })
        for line in lines {
            #expect(
                line.status == "OK" && (line.audioSeconds ?? 0) > 1 && line.meanTokenLogprob != nil
                    && line.beamScore != nil)
            #expect(line.timings?.keys.sorted() == ["decode", "encode", "generate"])
        }
    }

    /// What the list holds is compared with Hugging Face's by the engine's own tests.
    @Test func hypothesesOnRequest() async throws {
        let file = DemoModel.samplesFolder + "/it-menardi-conf-unlockednow.wav"
        let arguments = ["translate", "--model", DemoModel.checkpoint, "--n-best", "3", file]
        let outcome = try await Tool.run(arguments + ["--json"])
        let line = try #require(try ParsedLine.parse(outcome.lines).first)
        let alternatives = try #require(line.alternatives)
        #expect(alternatives.count == 2 && Set(alternatives.map(\.tokens) + [line.tokens]).count == 3)
        let scores = [line.beamScore] + alternatives.map(\.beamScore)
        #expect(scores == scores.sorted { ($0 ?? .nan) > ($1 ?? .nan) })
        #expect(alternatives.allSatisfy { !$0.text.isEmpty && $0.meanTokenLogprob != nil })

        let plain = try await Tool.run(arguments)
        #expect(plain.status == 2 && plain.messages.contains("--n-best: only with --json"))
        let tooMany = try await Tool.run(arguments + ["--json", "--beams", "2"])
        #expect(tooMany.status == 2 && tooMany.messages.contains("n_best"), "\(tooMany.messages)")
    }

    @Test func oneBadFileDoesNotStopTheOthers() async throws {
        let folder = try TemporaryDirectory()
        let short = try folder.write(WaveFile.sawTooth(sampleCount: 399).bytes, to: "short.wav")
        let text = try folder.write(Array("not audio".utf8), to: "text.wav")
        let good = DemoModel.samplesFolder + "/it-menardi-conf-unlockednow.wav"
        let files = [text, folder.file("missing.wav"), short, good]
        let outcome = try await Tool.run(["translate", "--model", DemoModel.checkpoint, "--json"] + files)
        #expect(outcome.status == 1)
        let lines = try ParsedLine.parse(outcome.lines)
        #expect(lines.map(\.file) == files)
        #expect(lines.map(\.status) == ["FAILED", "FAILED", "TOO_SHORT", "OK"])
        #expect(lines.map(\.error?.reason) == ["AUDIO_FORMAT_NOT_SUPPORTED", "AUDIO_NOT_FOUND", nil, nil])
        #expect(lines[2].text.isEmpty && lines[2].tokens.isEmpty)
        #expect(lines[3].text == "The conference is now unlocked.")
        #expect(outcome.messages.contains(text) && outcome.messages.contains("2 of 4 files failed"))
    }

    @Test func plainText() async throws {
        let good = DemoModel.samplesFolder + "/it-menardi-conf-unlockednow.wav"
        let one = try await Tool.run(["translate", "--model", DemoModel.checkpoint, good])
        #expect(one.output == "The conference is now unlocked.\n" && one.status == 0)
        let two = try await Tool.run(["translate", "--model", DemoModel.checkpoint, good, good])
        #expect(two.output == "\(good)\tThe conference is now unlocked.\n\(good)\tThe conference is now unlocked.\n")
    }

    @Test(arguments: [
        ["--target", "xx"], ["--beams", "0"], ["--beams", "many"], ["--early-stopping", "sometimes"],
        ["--threads", "0"], ["--max-length", "-1"], ["--no-such-option"],
    ])
    func wrongOptionsAreFoundBeforeAnyFileIsRead(options: [String]) async throws {
        let outcome = try await Tool.run(["translate", "--model", DemoModel.checkpoint] + options + ["/missing.wav"])
        #expect(outcome.status == 2 && outcome.output.isEmpty && !outcome.messages.contains("missing.wav"))
    }

    @Test func unknownTargetNamesWhatThereIs() async throws {
        let outcome = try await Tool.run(["translate", "--model", DemoModel.checkpoint, "--target", "xx", "a.wav"])
        #expect(outcome.messages.contains("into en"))
    }
}
