/// A token with its logit or log-probability.
struct ScoredToken: Sendable, Hashable {
    var token: Int32
    var score: Float
}
