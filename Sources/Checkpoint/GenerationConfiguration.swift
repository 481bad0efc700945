import Platform

/// How a checkpoint wants text to be generated, with the semantics and defaults of Hugging Face `generate`
/// (transformers 5.23).
///
/// The settings come from `generation_config.json`. Without that file they are derived as Hugging Face does: each from
/// the top level of `config.json` or, where it is absent or null there, from its `decoder` object. A setting that would
/// change the output and that the engine does not implement is an error, never ignored.
public struct GenerationConfiguration: Sendable, Hashable {
    /// The token every sequence starts with; not part of the text.
    public let decoderStartTokenID: Int32
    /// The beginning-of-sequence token, which only stands in for ``decoderStartTokenID``.
    public let bosTokenID: Int32?
    /// Tokens that end a sequence; may be empty.
    public let eosTokenIDs: [Int32]
    /// The token that fills up finished sequences of a batch.
    public let padTokenID: Int32?
    /// The first token generated, whatever the network says: the target language.
    public let forcedBosTokenID: Int32?
    /// The last token generated when a sequence reaches ``maxLength``.
    public let forcedEosTokenID: Int32?
    /// Most tokens of a sequence, the start token included; at least 2.
    public let maxLength: Int
    /// Beams of the search; 1 is greedy.
    public let numBeams: Int
    /// When beam search stops.
    public let earlyStopping: EarlyStopping
    /// Exponent of the length that a finished hypothesis' score is divided by.
    public let lengthPenalty: Float
    /// Length of the token runs that may not occur twice; 0 when all may.
    public let noRepeatNgramSize: Int

    /// Every token that is named here.
    public var tokenIDs: [Int32] {
        [decoderStartTokenID] + eosTokenIDs
            + [bosTokenID, padTokenID, forcedBosTokenID, forcedEosTokenID].compactMap(\.self)
    }

    /// Tokens `generate` adds by default when neither file says how many.
    private static let defaultNewTokens = 20
    /// Tokens of the prompt: the start token.
    private static let promptLength = 1

    /// Reads `generation_config.json`, or derives the settings from `config.json` when there is no such file.
    init(
        file: FileContents?, modelConfiguration: ConfigurationReader, vocabularySize: Int
    ) throws(CheckpointError) {
        if let file {
            try self.init(try ConfigurationReader(file), vocabularySize: vocabularySize)
        } else {
            try self.init(try modelConfiguration.generationSettings(), vocabularySize: vocabularySize)
        }
    }

    private init(_ reader: ConfigurationReader, vocabularySize: Int) throws(CheckpointError) {
        try reader.refuseUnsupportedSettings()
        let tokens = 0...vocabularySize - 1
        bosTokenID = try reader.token("bos_token_id", in: 0...Int(Int32.max))
        guard let start = try reader.token("decoder_start_token_id", in: tokens) ?? bosTokenID,
            tokens.contains(Int(start))
        else {
            throw reader.failure("decoder_start_token_id", expected: "a token id below \(vocabularySize)")
        }
        decoderStartTokenID = start
        eosTokenIDs = try reader.tokens("eos_token_id", in: tokens)
        padTokenID = try reader.token("pad_token_id", in: 0...Int(Int32.max)) ?? eosTokenIDs.first
        forcedBosTokenID = try reader.token("forced_bos_token_id", in: tokens)
        forcedEosTokenID = try reader.token("forced_eos_token_id", in: tokens)

        let lengths = 1...Int(Int32.max) - Self.promptLength
        if let newTokens = try reader.integer("max_new_tokens", in: lengths) {
            maxLength = newTokens + Self.promptLength
        } else if let length = try reader.integer("max_length", in: (Self.promptLength + 1)...lengths.upperBound) {
            maxLength = length
        } else {
            maxLength = Self.defaultNewTokens + Self.promptLength
        }
        numBeams = try reader.integer("num_beams", in: 1...1024) ?? 1
        earlyStopping = try reader.earlyStopping("early_stopping")
        lengthPenalty = Float(try reader.number("length_penalty") ?? 1)
        guard lengthPenalty.isFinite else { throw reader.failure("length_penalty", expected: "a float32 number") }
        noRepeatNgramSize = try reader.integer("no_repeat_ngram_size", in: 0...lengths.upperBound) ?? 0
    }
}
