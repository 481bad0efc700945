import Checkpoint

/// The resolved settings of one search.
struct SearchSettings: Sendable, Hashable {
    /// Beams; 1 is greedy search.
    var beams: Int
    /// Most tokens of a sequence, the decoder's start token included.
    var maxLength: Int
    var lengthPenalty: Float
    var earlyStopping: EarlyStopping
    /// No n-gram of this size occurs twice; 0 allows all.
    var noRepeatNgramSize: Int
    var startToken: Int32
    /// The token after the start token: the target language.
    var forcedFirstToken: Int32?
    /// The last token of a sequence that reaches `maxLength`.
    var forcedLastToken: Int32?
    var endTokens: Set<Int32>
    var vocabularySize: Int
    /// How many of the best sequences are wanted, at most as many as beams.
    var hypotheses = 1

    /// The token that must follow when a sequence has this many. As in transformers the last rule wins.
    func forcedToken(length: Int) -> Int32? {
        if length == maxLength - 1, let forcedLastToken { return forcedLastToken }
        return length == 1 ? forcedFirstToken : nil
    }

    /// Tokens that would repeat an n-gram of this sequence.
    func bannedTokens(after tokens: ArraySlice<Int32>) -> Set<Int32> {
        let size = noRepeatNgramSize
        guard size > 0, tokens.count + 1 >= size else { return [] }
        let prefix = tokens.suffix(size - 1)
        var banned: Set<Int32> = []
        for start in tokens.indices.dropLast(size - 1)
        where tokens[start..<start + size - 1].elementsEqual(prefix) {
            banned.insert(tokens[start + size - 1])
        }
        return banned
    }
}
