import Checkpoint

/// What a caller may ask of a translation; `nil` leaves a setting to the checkpoint's own generation settings.
public struct DecodingOptions: Sendable, Hashable {
    /// The language to translate into: a published code (`en`, `de`, `cy` …), an mBART-50 code (`de_DE`) or a token id
    /// in decimal. `nil`: the checkpoint's default.
    public var target: String?
    /// Beams; 1 is greedy search.
    public var beams: Int?
    /// Most tokens of a sequence, the decoder's start token included.
    public var maxLength: Int?
    /// Most tokens after the start token; overrides ``maxLength``.
    public var maxNewTokens: Int?
    /// Exponent of the length by which a finished beam's score is divided.
    public var lengthPenalty: Float?
    /// When beam search stops.
    public var earlyStopping: EarlyStopping?
    /// No n-gram of this size occurs twice; 0 allows all.
    public var noRepeatNgramSize: Int?
    /// How many of the best hypotheses are wanted, at most as many as beams; `nil` for one.
    public var hypotheses: Int?
    /// Most tokens after the start token, where the other limits allow more.
    public var tokenBudget: Int?

    /// Creates options; all are optional.
    public init(
        target: String? = nil, beams: Int? = nil, maxLength: Int? = nil, maxNewTokens: Int? = nil,
        lengthPenalty: Float? = nil, earlyStopping: EarlyStopping? = nil, noRepeatNgramSize: Int? = nil,
        hypotheses: Int? = nil, tokenBudget: Int? = nil
    ) {
        self.target = target
        self.beams = beams
        self.maxLength = maxLength
        self.maxNewTokens = maxNewTokens
        self.lengthPenalty = lengthPenalty
        self.earlyStopping = earlyStopping
        self.noRepeatNgramSize = noRepeatNgramSize
        self.hypotheses = hypotheses
        self.tokenBudget = tokenBudget
    }
}
