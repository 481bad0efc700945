#if canImport(Glibc)
import Glibc
#endif

/// The best tokens of a row with their log-probabilities.
struct TokenScores: Sendable {
    /// Exactly as many as were asked for, the best first, equal ones by token. Where too few remain, banned tokens fill
    /// up with a log-probability of minus infinity.
    let best: [ScoredToken]
    /// Whether the logits were numbers.
    let isFinite: Bool

    init(best: [ScoredToken], isFinite: Bool) {
        self.best = best
        self.isFinite = isFinite
    }

    /// Merges the parts of a row in the order of the vocabulary. As PyTorch, `(logit - maximum) - log(sum)`.
    init(merging parts: [PartialScores], _ demand: TokenDemand, vocabularySize: Int) {
        let maximum = parts.reduce(-Float.infinity) { max($0, $1.maximum) }
        let sum = parts.reduce(Float(0)) { $0 + $1.sum * expf($1.maximum - maximum) }
        let logSum = logf(sum)
        isFinite = maximum.isFinite && logSum.isFinite
        var best = parts.flatMap(\.best)
        best.sort { $0.score > $1.score || ($0.score == $1.score && $0.token < $1.token) }
        self.best = Self.filled(
            best.prefix(demand.count).map { ScoredToken(token: $0.token, score: ($0.score - maximum) - logSum) },
            to: demand.count, vocabularySize: vocabularySize)
    }

    /// A row whose next token is fixed: that token has log-probability 0, all others minus infinity.
    init(forced token: Int32, count: Int, vocabularySize: Int) {
        isFinite = true
        best = Self.filled([ScoredToken(token: token, score: 0)], to: count, vocabularySize: vocabularySize)
    }

    private static func filled(_ best: [ScoredToken], to count: Int, vocabularySize: Int) -> [ScoredToken] {
        var filled = best
        var token: Int32 = 0
        while filled.count < count, token < vocabularySize {
            if !best.contains(where: { $0.token == token }) {
                filled.append(ScoredToken(token: token, score: -.infinity))
            }
            token += 1
        }
        return filled
    }
}
