import Checkpoint

extension SearchSettings {
    // Each beam costs a row of every buffer and of the caches; no one has shown a use for more.
    static let mostBeams = 256

    /// Merges a caller's options with the checkpoint's settings.
    /// - Parameter vocabularySize: Tokens there are to choose from.
    /// - Throws: ``SpeechTranslationError`` that names the option.
    init(
        _ options: DecodingOptions, _ generation: GenerationConfiguration, _ decoder: DecoderConfiguration,
        targetToken: Int32?, vocabularySize: Int
    ) throws(SpeechTranslationError) {
        beams = options.beams ?? generation.numBeams
        maxLength = generation.maxLength
        if let length = options.maxLength { maxLength = length }
        if let count = options.maxNewTokens {
            try Self.check(count, in: 1...decoder.maxPositions, "max-new-tokens")
            maxLength = count + 1
        }
        lengthPenalty = options.lengthPenalty ?? generation.lengthPenalty
        earlyStopping = options.earlyStopping ?? generation.earlyStopping
        noRepeatNgramSize = options.noRepeatNgramSize ?? generation.noRepeatNgramSize
        startToken = generation.decoderStartTokenID
        forcedFirstToken = targetToken
        forcedLastToken = generation.forcedEosTokenID
        endTokens = Set(generation.eosTokenIDs)
        self.vocabularySize = vocabularySize
        hypotheses = options.hypotheses ?? 1

        let candidatesPerBeam = max(2, 1 + endTokens.count)
        try Self.check(beams, in: 1...min(Self.mostBeams, max(1, vocabularySize / candidatesPerBeam)), "beams")
        guard hypotheses >= 1, hypotheses <= beams else {
            let search = beams == 1 ? "greedy search (one beam) has one" : "\(beams) beams have 1 to \(beams)"
            throw SpeechTranslationError(.invalidOption, "n-best is \(hypotheses); \(search)")
        }
        // The last token is never read, so the positions of all but it must exist.
        try Self.check(maxLength, in: 2...decoder.maxPositions + 1, "max-length")
        try Self.check(noRepeatNgramSize, in: 0...maxLength, "no-repeat-ngram-size")
        if let budget = options.tokenBudget { maxLength = min(maxLength, max(2, budget + 1)) }
        guard lengthPenalty.isFinite else {
            throw SpeechTranslationError(
                .invalidOption, "length-penalty is \(lengthPenalty); it must be a finite number")
        }
    }

    private static func check(
        _ value: Int, in range: ClosedRange<Int>, _ name: String
    ) throws(SpeechTranslationError) {
        guard range.contains(value) else {
            throw SpeechTranslationError(
                .invalidOption,
                "\(name) is \(value); this checkpoint allows \(range.lowerBound) to \(range.upperBound)")
        }
    }
}
