import Checkpoint

#if canImport(Glibc)
import Glibc
#endif

/// Beam search with exactly the semantics of transformers' `generate` (version 5): which candidates may finish, when the
/// search ends, and float32 arithmetic in the same order.
///
/// The candidates of a step are the best `max(2, 1 + end tokens) * beams` continuations. Only those among the first
/// `beams` of them may finish. Running scores are sums of log-probabilities; finished ones are divided by
/// `generated^lengthPenalty`, where the language and the end token count as generated.
struct BeamSearch: TokenSearch {
    // Takes a candidate out of a ranking while it keeps its order among such; as in transformers, not infinity.
    private static let excluded: Float = -1e9

    private struct Beam {
        var tokens: [Int32]
        var score: Float
    }

    private struct Slot {
        var hypothesis: Hypothesis
        var isFinished: Bool
    }

    private struct Candidate {
        let parent: Int
        let token: Int32
        let score: Float
        let stops: Bool
    }

    private let settings: SearchSettings
    private var running: [Beam]
    private var slots: [Slot]
    private var length = 1
    private var canImprove = true

    init(_ settings: SearchSettings) {
        self.settings = settings
        // All beams start alike; the excluded scores keep the copies out until the first has branched.
        running = (0..<settings.beams).map {
            Beam(tokens: [settings.startToken], score: $0 == 0 ? 0 : Self.excluded)
        }
        let empty = Hypothesis(tokens: [settings.startToken], logProbability: 0, score: Self.excluded)
        slots = Array(repeating: Slot(hypothesis: empty, isFinished: false), count: settings.beams)
    }

    var demand: SearchDemand {
        guard settings.forcedToken(length: length) == nil else { return .nothing }
        return .scores(
            running.map { TokenDemand(count: candidateCount, banned: settings.bannedTokens(after: $0.tokens)) })
    }

    var lastTokens: [Int32] { running.map { $0.tokens[$0.tokens.count - 1] } }

    var result: Hypothesis { slots[0].hypothesis }

    mutating func advance(_ scores: [TokenScores]?) -> [Int]? {
        let candidates = bestCandidates(scores)
        updateSlots(candidates)
        let survivors = Self.stableBest(
            candidates, count: settings.beams, score: { $0.score + ($0.stops ? Self.excluded : 0) })
        running = survivors.map {
            Beam(
                tokens: running[$0.parent].tokens + [$0.token], score: $0.score + ($0.stops ? Self.excluded : 0))
        }
        length += 1
        updateOutlook()
        let isSettled = settings.earlyStopping == .yes && slots.allSatisfy(\.isFinished)
        let isOver = !canImprove || isSettled || candidates.allSatisfy(\.stops)
        return isOver ? nil : survivors.map(\.parent)
    }

    private var candidateCount: Int { max(2, 1 + settings.endTokens.count) * settings.beams }

    /// The best continuations of all beams; equal ones in the order of beam and token.
    private func bestCandidates(_ scores: [TokenScores]?) -> [Candidate] {
        let forced = settings.forcedToken(length: length).map {
            TokenScores(forced: $0, count: candidateCount, vocabularySize: settings.vocabularySize)
        }
        var candidates: [Candidate] = []
        for (parent, beam) in running.enumerated() {
            guard let row = forced ?? scores?[parent] else { continue }
            for token in row.best {
                candidates.append(
                    Candidate(
                        parent: parent, token: token.token, score: token.score + beam.score,
                        stops: settings.endTokens.contains(token.token) || length + 1 >= settings.maxLength))
            }
        }
        // Rows list equal scores by token already; a sum may make more of them equal.
        candidates.sort {
            ($1.score, $0.parent, $0.token) < ($0.score, $1.parent, $1.token)
        }
        return Array(candidates.prefix(candidateCount))
    }

    /// Lets candidates that stop compete for the finished slots.
    private mutating func updateSlots(_ candidates: [Candidate]) {
        let isFull = settings.earlyStopping == .yes && slots.allSatisfy(\.isFinished)
        let divisor = lengthDivisor(generated: length)
        var contenders = slots
        for (rank, candidate) in candidates.enumerated() {
            let isFinished = candidate.stops && rank < settings.beams
            var score = candidate.score / divisor
            if isFull { score += Self.excluded }
            if !canImprove { score += Self.excluded }
            if !isFinished { score += Self.excluded }
            contenders.append(
                Slot(
                    hypothesis: Hypothesis(
                        tokens: running[candidate.parent].tokens + [candidate.token],
                        logProbability: candidate.score, score: score),
                    isFinished: isFinished))
        }
        slots = Self.stableBest(contenders, count: settings.beams, score: \.hypothesis.score)
    }

    /// Whether some running beam could still beat the worst finished one.
    private mutating func updateOutlook() {
        guard canImprove else { return }
        let reachesMaximum = settings.earlyStopping == .never && settings.lengthPenalty > 0
        let best = running[0].score / lengthDivisor(generated: (reachesMaximum ? settings.maxLength : length) - 1)
        let worst = slots.lazy.map(\.hypothesis.score).min() ?? Self.excluded
        canImprove = slots.contains { best > ($0.isFinished ? worst : Self.excluded) }
    }

    private func lengthDivisor(generated: Int) -> Float {
        Float(pow(Double(generated), Double(settings.lengthPenalty)))
    }

    /// The `count` elements of the highest scores; equal ones in their order.
    private static func stableBest<Element>(
        _ elements: [Element], count: Int, score: (Element) -> Float
    ) -> [Element] {
        let order = elements.indices.sorted {
            let (a, b) = (score(elements[$0]), score(elements[$1]))
            return a > b || (a == b && $0 < $1)
        }
        return order.prefix(count).map { elements[$0] }
    }
}
