import Segmentation
import Synchronization
import Testing

@testable import SpeechTranslation

@Suite(.timeLimit(.minutes(5))) struct RecordingTranslatorTests {
    @Test func segmentsStandInTheOrderOfTime() async throws {
        let recording = try await translate(
            [segment(0, 5), gap(5, 7), segment(7, 9), segment(9, 12)], inFlight: 3
        ) { samples, _ in
            // The first takes longest.
            for _ in 0..<(samples.count == 5 ? 100 : 0) { await Task.yield() }
            return .saying("\(samples.count)")
        }
        #expect(recording?.text == "5 2 3" && recording?.status == .ok)
        #expect(recording?.segments.map(\.start) == [0, 7, 9] && recording?.segments.map(\.end) == [5, 9, 12])
        #expect(recording?.audioSeconds == 12 && recording?.speechSeconds == 10)
        #expect(recording?.timings.encodeSeconds == 3)
    }

    @Test func noMoreAtOnceThanAllowed() async throws {
        let running = Mutex((now: 0, most: 0))
        _ = try await translate((0..<20).map { segment(Double($0), Double($0) + 1) }, inFlight: 3) { _, _ in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            for _ in 0..<10 { await Task.yield() }
            running.withLock { $0.now -= 1 }
            return .saying("x")
        }
        let most = running.withLock(\.most)
        #expect((2...3).contains(most))
    }

    @Test func whereNobodySpeaksNothingIsTranslated() async throws {
        let never: RecordingTranslator.Engine = { _, _ in
            Issue.record("the engine ran")
            return .saying("")
        }
        #expect(try await translate([gap(0, 300)], engine: never)?.status == .noSpeech)
        // What is short is looked at where somebody asked for it.
        let silent = segment(0, 3, isSpeech: false, isWhole: true)
        let options = SegmentationOptions(method: .pauses)
        #expect(try await translate([silent], segmentation: options, engine: never)?.status == .noSpeech)
        #expect(try await translate([], engine: never) == nil)
    }

    @Test func aWholeRecordingIsTranslatedAndFlagged() async throws {
        let silent = segment(0, 3, isSpeech: false, isWhole: true)
        let recording = try await translate([silent]) { _, options in
            #expect(options == DecodingOptions(target: "de"))
            return .saying("thanks for watching")
        }
        #expect(recording?.text == "thanks for watching" && recording?.segments.first?.remarks == [.nonSpeech])
        let spoken = try await translate([segment(0, 3, isWhole: true)]) { _, _ in .saying("hello") }
        #expect(spoken?.segments.first?.remarks == [])
    }

    @Test func repetitionIsTranslatedAgain() async throws {
        let engine: RecordingTranslator.Engine = { _, options in
            let repeats = options.noRepeatNgramSize == nil
            return .saying(repeats ? "no no no" : "no", tokens: repeats ? Array(repeating: 5, count: 30) : [5, 2])
        }
        let cut = try await translate([segment(0, 5), segment(5, 9)], engine: engine)
        #expect(cut?.text == "no no" && cut?.segments.map(\.remarks) == [[.repetition], [.repetition]])
        #expect(cut?.segments.first?.translation.timings.encodeSeconds == 2)
        // Whole ones only on request; none where it is turned off.
        let whole = segment(0, 5, isWhole: true)
        #expect(try await translate([whole], engine: engine)?.segments.first?.remarks == [])
        #expect(try await translate([whole], guards: true, engine: engine)?.segments.first?.remarks == [.repetition])
        #expect(try await translate([segment(0, 5)], guards: false, engine: engine)?.text == "no no no")
    }

    @Test func endlessTranslationsAreEnded() async throws {
        let recording = try await translate([segment(0, 2), segment(2, 4)]) { samples, options in
            #expect(options.tokenBudget == 40)
            return .saying("x", tokens: Array(0..<Int32(options.tokenBudget ?? 0)))
        }
        #expect(recording?.segments.map(\.remarks) == [[.tokenBudget], [.tokenBudget]])
    }

    @Test(arguments: [("en", "a b"), ("zh", "ab"), ("ja_XX", "ab"), ("de_DE", "a b"), ("zh_CN", "ab")])
    func joiningByLanguage(language: String, text: String) async throws {
        let recording = try await translate([segment(0, 1), segment(1, 3)]) { samples, _ in
            var translation = Translation.saying(samples.count == 1 ? "a" : "b")
            translation.targetLanguage = language
            return translation
        }
        #expect(recording?.text == text)
    }

    @Test func whatFailsFailsTheRecording() async {
        struct Trouble: Error {}
        await #expect(throws: Trouble.self) {
            try await translate([segment(0, 1), segment(1, 2)]) { _, _ in throw Trouble() }
        }
    }

    /// As many samples as it has seconds.
    private func segment(
        _ start: Double, _ end: Double, isSpeech: Bool = true, isWhole: Bool = false
    ) -> AudioSegment {
        AudioSegment(
            start: start, end: end, range: Int(start)..<Int(end),
            samples: isSpeech || isWhole ? [Float](repeating: 0, count: Int(end - start)) : [], isSpeech: isSpeech,
            isWhole: isWhole, speechSeconds: isSpeech ? end - start : 0, speechProbability: isSpeech ? 0.9 : 0.1)
    }

    private func gap(_ start: Double, _ end: Double) -> AudioSegment { segment(start, end, isSpeech: false) }

    private func translate(
        _ segments: [AudioSegment], segmentation: SegmentationOptions = SegmentationOptions(), guards: Bool? = nil,
        inFlight: Int = 2, engine: @escaping RecordingTranslator.Engine
    ) async throws -> RecordingTranslation? {
        let translator = RecordingTranslator(
            options: DecodingOptions(target: "de"), segmentation: segmentation, guards: guards, inFlight: inFlight,
            engine: engine)
        let waiting = Mutex(segments[...])
        return try await translator.translate { waiting.withLock { $0.popFirst() } }
    }
}

extension Translation {
    fileprivate static func saying(_ text: String, tokens: [Int32] = [7, 2]) -> Translation {
        Translation(
            status: .ok, text: text, tokens: tokens, beamScore: nil, meanTokenLogprob: nil, targetLanguage: "en",
            timings: Timings(encodeSeconds: 1, generateSeconds: 1))
    }
}
