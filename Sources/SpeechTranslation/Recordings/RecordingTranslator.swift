import Segmentation

/// Translates recordings segment by segment: while some are translated, the next are read and cut.
public struct RecordingTranslator: Sendable {
    /// Translates one utterance: 16 kHz, mono, not normalised.
    public typealias Engine = @Sendable (_ samples: [Float], _ options: DecodingOptions) async throws -> Translation

    private let options: DecodingOptions
    private let guards: TranslationGuards?
    private let guardsWhole: Bool
    private let skipsNonSpeech: Bool
    private let inFlight: Int
    private let engine: Engine

    /// Creates a translator.
    /// - Parameters:
    ///   - options: for every segment.
    ///   - segmentation: how recordings are cut.
    ///   - guards: whether to guard against repetition and endless translations; `nil` for what was cut alone, so that
    ///     what was not has the tokens of Hugging Face.
    ///   - inFlight: segments that the engine is given at once.
    ///   - engine: as it is called.
    public init(
        options: DecodingOptions, segmentation: SegmentationOptions, guards: Bool? = nil, inFlight: Int,
        engine: @escaping Engine
    ) {
        self.options = options
        self.guards = guards == false ? nil : TranslationGuards()
        guardsWhole = guards == true
        // What is too short to be cut is translated as it is, unless somebody asked to have it looked at.
        skipsNonSpeech = segmentation.method != nil
        self.inFlight = max(1, inFlight)
        self.engine = engine
    }

    /// Translates a recording.
    /// - Parameter next: gives the next segment, or what lies between two, in the order of time; `nil` after the last.
    /// - Returns: `nil` where there is no audio at all.
    /// - Throws: what the engine and `next` throw.
    public func translate(
        _ next: @escaping @Sendable () async throws -> AudioSegment?
    ) async throws -> RecordingTranslation? {
        try await withThrowingTaskGroup(of: (Int, SegmentTranslation).self) { group in
            var done: [Int: SegmentTranslation] = [:]
            var begun = 0
            var (isEmpty, seconds, speechSeconds) = (true, 0.0, 0.0)
            while let segment = try await next() {
                isEmpty = false
                seconds += segment.seconds
                speechSeconds += segment.speechSeconds
                guard segment.isSpeech || segment.isWhole && !skipsNonSpeech else { continue }
                // Those that are read ahead are held, too.
                if begun - done.count >= inFlight, let (index, translation) = try await group.next() {
                    done[index] = translation
                }
                group.addTask { [begun] in (begun, try await translate(segment)) }
                begun += 1
            }
            for try await (index, translation) in group { done[index] = translation }
            guard !isEmpty else { return nil }
            return Self.recording((0..<begun).compactMap { done[$0] }, seconds: seconds, speechSeconds: speechSeconds)
        }
    }

    private func translate(_ segment: AudioSegment) async throws -> SegmentTranslation {
        var options = options
        let guards = segment.isWhole && !guardsWhole ? nil : guards
        if let guards { options.tokenBudget = guards.budget(seconds: segment.seconds) }
        var translation = try await engine(segment.samples, options)
        var remarks: [TranslationRemark] = []
        if !segment.isSpeech || segment.speechSeconds < 0.1 * segment.seconds { remarks.append(.nonSpeech) }
        if let guards, options.noRepeatNgramSize == nil, TranslationGuards.repeatsItself(translation.tokens) {
            options.noRepeatNgramSize = guards.ngramSize
            let timings = translation.timings
            translation = try await engine(segment.samples, options)
            translation.timings.encodeSeconds += timings.encodeSeconds
            translation.timings.generateSeconds += timings.generateSeconds
            remarks.append(.repetition)
        }
        if let budget = options.tokenBudget, translation.tokens.count >= budget { remarks.append(.tokenBudget) }
        return SegmentTranslation(
            start: segment.start, end: segment.end, translation: translation, speechSeconds: segment.speechSeconds,
            speechProbability: segment.speechProbability, remarks: remarks)
    }

    private static func recording(
        _ segments: [SegmentTranslation], seconds: Double, speechSeconds: Double
    ) -> RecordingTranslation {
        let translated = segments.filter { $0.translation.status == .ok }
        let timings = segments.reduce(into: Translation.Timings(encodeSeconds: 0, generateSeconds: 0)) {
            $0.encodeSeconds += $1.translation.timings.encodeSeconds
            $0.generateSeconds += $1.translation.timings.generateSeconds
        }
        return RecordingTranslation(
            status: !translated.isEmpty ? .ok : segments.isEmpty ? .noSpeech : .tooShort, segments: translated,
            audioSeconds: seconds, speechSeconds: speechSeconds, timings: timings,
            targetLanguage: segments.first?.translation.targetLanguage)
    }
}
