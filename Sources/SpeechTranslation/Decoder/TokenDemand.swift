/// What a search asks of one row's logits.
struct TokenDemand: Sendable {
    /// How many tokens, the best first.
    let count: Int
    /// Tokens that must not be chosen; they stay in the log-sum-exp.
    let banned: Set<Int32>
}
