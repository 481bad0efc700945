/// Guards against what the models do with what they don't know: repeat themselves, and go on for ever.
///
/// With them the tokens may differ from those of Hugging Face's `generate`.
public struct TranslationGuards: Sendable, Hashable {
    /// Most tokens of a translation: so many, and so many more for every second.
    public var tokens: Int, tokensPerSecond: Double
    /// Size of the token sequences that may not occur twice in a translation that is made again.
    public var ngramSize: Int

    /// Creates guards. Fast speech has four words, or six tokens, a second.
    public init(tokens: Int = 16, tokensPerSecond: Double = 12, ngramSize: Int = 3) {
        self.tokens = tokens
        self.tokensPerSecond = tokensPerSecond
        self.ngramSize = ngramSize
    }

    /// Most tokens of a translation of so many seconds.
    public func budget(seconds: Double) -> Int { tokens + Int((tokensPerSecond * max(0, seconds)).rounded(.up)) }

    /// Whether a sequence of up to eight tokens is repeated at once, four times or, of one or two, eight or six times.
    public static func repeatsItself(_ tokens: [Int32]) -> Bool {
        for size in 1...8 {
            let times = size == 1 ? 8 : size == 2 ? 6 : 4
            // Tokens in a row that are those `size` places before.
            var same = 0
            for index in tokens.indices.dropFirst(size) {
                same = tokens[index] == tokens[index - size] ? same + 1 : 0
                if same >= size * (times - 1) { return true }
            }
        }
        return false
    }
}
