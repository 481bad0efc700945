/// A sequence of tokens with its scores.
struct Hypothesis: Sendable, Hashable {
    /// The tokens, the decoder's start token included.
    var tokens: [Int32]
    /// Sum of the log-probabilities of the tokens that were chosen; forced ones count 0.
    var logProbability: Float
    /// What the search ranks by: the sum divided by `generated^lengthPenalty`.
    var score: Float

    /// Mean log-probability of the chosen tokens, forced ones left out; `nil` when there are none.
    func meanTokenLogprob(_ settings: SearchSettings) -> Float? {
        let forced = (1..<max(1, tokens.count)).count { settings.forcedToken(length: $0) != nil }
        let chosen = tokens.count - 1 - forced
        return chosen > 0 ? logProbability / Float(chosen) : nil
    }
}
