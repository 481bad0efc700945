/// What became of one utterance.
public struct Translation: Sendable, Hashable {
    /// How it ended.
    public enum Status: Sendable, Hashable {
        /// It was translated.
        case ok
        /// The audio is shorter than the encoder's receptive field (25 ms); there is no text.
        case tooShort
    }

    /// Another hypothesis of the search.
    public struct Alternative: Sendable, Hashable {
        /// As ``Translation/text``.
        public var text: String
        /// As ``Translation/tokens``.
        public var tokens: [Int32]
        /// As ``Translation/beamScore``.
        public var beamScore: Float
        /// As ``Translation/meanTokenLogprob``.
        public var meanTokenLogprob: Float?
    }

    /// Wall-clock times.
    public struct Timings: Sendable, Hashable {
        /// Seconds in the encoder, shared with the utterances encoded together with this one.
        public var encodeSeconds: Double
        /// Seconds from there to the last token, shared with the utterances decoded together with this one.
        public var generateSeconds: Double
    }

    /// How it ended.
    public var status: Status
    /// The text, as Hugging Face decodes the tokens.
    public var text: String
    /// Generated tokens after the decoder's start token, language and end token included.
    public var tokens: [Int32]
    /// Sum of the tokens' log-probabilities divided by `generated^lengthPenalty`: what beam search ranks by.
    public var beamScore: Float?
    /// Mean log-probability of the tokens that were chosen, the forced ones left out.
    public var meanTokenLogprob: Float?
    /// Code of the language it was translated into; its token id in decimal where no code is known.
    public var targetLanguage: String
    /// Where the time went.
    public var timings: Timings
    /// The hypotheses after the best, where they were asked for; the best first. Fewer where the search finished no more.
    public var alternatives: [Alternative] = []
}
