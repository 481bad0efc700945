#if canImport(Glibc)
import Glibc
#endif

/// Takes the most probable token at every step; of equal ones the lowest.
struct GreedySearch: TokenSearch {
    let prompt: [Int32]
    let candidateCount = 1
    let parents = [0]
    private(set) var isOver = false
    private let settings: SearchSettings
    private var tokens: [Int32]
    private var logProbability: Float = 0

    init(_ settings: SearchSettings) {
        self.settings = settings
        prompt = [settings.startToken] + (settings.forcedToken(length: 1).map { [$0] } ?? [])
        tokens = prompt
        tokens.reserveCapacity(settings.maxLength)
        if tokens.count > 1 { finish() }
    }

    func bannedTokens(row: Int) -> Set<Int32> { settings.bannedTokens(after: tokens[...]) }

    func lastToken(row: Int) -> Int32 { tokens[tokens.count - 1] }

    mutating func advance(_ scores: Span<ScoredToken>) {
        tokens.append(scores[0].token)
        logProbability += scores[0].score
        finish()
    }

    var result: SearchResult {
        let divisor = Float(pow(Double(tokens.count - 1), Double(settings.lengthPenalty)))
        let best = Hypothesis(tokens: tokens, logProbability: logProbability, score: logProbability / divisor)
        return SearchResult(best: best, others: [])
    }

    /// Ends the search where it may end, after the token that may be forced last.
    private mutating func finish() {
        isOver = settings.endTokens.contains(tokens[tokens.count - 1]) || tokens.count >= settings.maxLength
        guard !isOver, let forced = settings.forcedToken(length: tokens.count) else { return }
        tokens.append(forced)
        isOver = true
    }
}
