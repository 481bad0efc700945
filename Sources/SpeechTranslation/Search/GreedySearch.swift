#if canImport(Glibc)
import Glibc
#endif

/// Takes the most probable token at every step; of equal ones the lowest.
struct GreedySearch: TokenSearch {
    private let settings: SearchSettings
    private var tokens: [Int32]
    private var logProbability: Float = 0

    init(_ settings: SearchSettings) {
        self.settings = settings
        tokens = [settings.startToken]
    }

    var demand: SearchDemand {
        settings.forcedToken(length: tokens.count) != nil
            ? .nothing : .scores([TokenDemand(count: 1, banned: settings.bannedTokens(after: tokens))])
    }

    mutating func advance(_ scores: [TokenScores]?) -> [Int]? {
        if let forced = settings.forcedToken(length: tokens.count) {
            tokens.append(forced)
        } else if let best = scores?.first?.best.first {
            tokens.append(best.token)
            logProbability += best.score
        }
        let isOver = lastTokens.allSatisfy(settings.endTokens.contains) || tokens.count >= settings.maxLength
        return isOver ? nil : [0]
    }

    var lastTokens: [Int32] { [tokens[tokens.count - 1]] }

    var result: Hypothesis {
        let divisor = Float(pow(Double(tokens.count - 1), Double(settings.lengthPenalty)))
        return Hypothesis(tokens: tokens, logProbability: logProbability, score: logProbability / divisor)
    }
}
