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

    private struct Slot {
        var hypothesis: Hypothesis
        var isFinished: Bool
    }

    private struct Candidate {
        let parent: Int
        let token: Int32
        let score: Float
        let stops: Bool

        /// Best first; equal ones in the order of beam and token.
        func precedes(_ other: Candidate) -> Bool {
            (other.score, parent, token) < (score, other.parent, other.token)
        }
    }

    let prompt: [Int32]
    let candidateCount: Int
    private(set) var isOver = false
    private(set) var parents: [Int]
    private let settings: SearchSettings
    private var running: Sequences
    private var scores: [Float]
    private var slots: [Slot]
    private var canImprove = true
    // Of the step in progress; kept for their memory.
    private var candidates: [Candidate] = []
    private var ranking = Ranking()

    init(_ settings: SearchSettings) {
        self.settings = settings
        let forced = settings.forcedToken(length: 1)
        prompt = [settings.startToken] + (forced.map { [$0] } ?? [])
        candidateCount = max(2, 1 + settings.endTokens.count) * settings.beams
        running = Sequences(rows: settings.beams)
        running.append { _ in settings.startToken }
        parents = Array(0..<settings.beams)
        // All beams start alike; the excluded scores keep the copies out until the first has branched.
        scores = Array(repeating: Self.excluded, count: settings.beams)
        scores[0] = 0
        let empty = Hypothesis(tokens: [settings.startToken], logProbability: 0, score: Self.excluded)
        slots = Array(repeating: Slot(hypothesis: empty, isFinished: false), count: settings.beams)
        advanceWhileForced()
    }

    func bannedTokens(row: Int) -> Set<Int32> { settings.bannedTokens(after: running[row]) }

    func lastToken(row: Int) -> Int32 { running[row, running.count - 1] }

    // Where there was less to choose from than beams, slots hold what the ranking had left over: nothing that finished, or
    // copies with the excluded score in their sums.
    var result: SearchResult {
        let others = slots.prefix(settings.hypotheses).dropFirst().filter { slot in
            slot.isFinished && slot.hypothesis.logProbability > Self.excluded / 2
        }
        return SearchResult(best: slots[0].hypothesis, others: others.map(\.hypothesis))
    }

    mutating func advance(_ scored: Span<ScoredToken>) {
        let standsForAll = scored.count == candidateCount
        candidates.removeAll(keepingCapacity: true)
        for parent in 0..<settings.beams {
            let first = standsForAll ? 0 : parent * candidateCount
            for index in first..<first + candidateCount { offer(scored[index], parent: parent) }
        }
        choose()
        advanceWhileForced()
    }

    /// A token that is fixed has log-probability 0, all others minus infinity.
    private mutating func advanceWhileForced() {
        while !isOver, let forced = settings.forcedToken(length: running.count) {
            candidates.removeAll(keepingCapacity: true)
            for parent in 0..<settings.beams {
                offer(ScoredToken(token: forced, score: 0), parent: parent)
                for token in 0..<Int32(min(candidateCount, settings.vocabularySize)) where token != forced {
                    offer(ScoredToken(token: token, score: -.infinity), parent: parent)
                }
            }
            choose()
        }
    }

    /// Takes a continuation among the best, if it is.
    private mutating func offer(_ scored: ScoredToken, parent: Int) {
        let stops = settings.endTokens.contains(scored.token) || running.count + 1 >= settings.maxLength
        let candidate = Candidate(
            parent: parent, token: scored.token, score: scored.score + scores[parent], stops: stops)
        if candidates.count == candidateCount {
            guard candidate.precedes(candidates[candidateCount - 1]) else { return }
            candidates.removeLast()
        }
        // A sum may make scores equal that were not: the order is that of the sums.
        var place = candidates.count
        while place > 0 && candidate.precedes(candidates[place - 1]) { place -= 1 }
        candidates.insert(candidate, at: place)
    }

    /// Lets the candidates finish or go on, and decides whether that was all.
    private mutating func choose() {
        updateSlots()
        let candidates = candidates
        func score(_ index: Int) -> Float {
            candidates[index].score + (candidates[index].stops ? Self.excluded : 0)
        }
        ranking.rank(candidates.count, keeping: settings.beams, by: score)
        for (row, index) in ranking.indices.enumerated() {
            parents[row] = candidates[index].parent
            scores[row] = score(index)
        }
        running.reorder(parents)
        let survivors = ranking.indices
        running.append { candidates[survivors[$0]].token }
        updateOutlook()
        let isSettled = settings.earlyStopping == .yes && slots.allSatisfy(\.isFinished)
        isOver = !canImprove || isSettled || candidates.allSatisfy(\.stops)
    }

    /// Lets candidates that stop compete for the finished slots.
    private mutating func updateSlots() {
        let (slots, candidates, beams) = (slots, candidates, settings.beams)
        let isFull = settings.earlyStopping == .yes && slots.allSatisfy(\.isFinished)
        let divisor = lengthDivisor(generated: running.count)
        let canImprove = canImprove
        func isFinished(_ rank: Int) -> Bool { candidates[rank].stops && rank < beams }
        func score(_ contender: Int) -> Float {
            guard contender >= beams else { return slots[contender].hypothesis.score }
            let rank = contender - beams
            var score = candidates[rank].score / divisor
            if isFull { score += Self.excluded }
            if !canImprove { score += Self.excluded }
            if !isFinished(rank) { score += Self.excluded }
            return score
        }
        ranking.rank(beams + candidates.count, keeping: beams, by: score)
        guard ranking.indices.contains(where: { $0 >= beams }) else { return }
        self.slots = ranking.indices.map { contender in
            guard contender >= beams else { return slots[contender] }
            let candidate = candidates[contender - beams]
            let hypothesis = Hypothesis(
                tokens: running[candidate.parent] + [candidate.token], logProbability: candidate.score,
                score: score(contender))
            return Slot(hypothesis: hypothesis, isFinished: isFinished(contender - beams))
        }
    }

    /// Whether some running beam could still beat the worst finished one.
    private mutating func updateOutlook() {
        guard canImprove else { return }
        let reachesMaximum = settings.earlyStopping == .never && settings.lengthPenalty > 0
        let length = reachesMaximum ? settings.maxLength : running.count
        let best = scores[0] / lengthDivisor(generated: length - 1)
        let worst = slots.lazy.map(\.hypothesis.score).min() ?? Self.excluded
        canImprove = slots.contains { best > ($0.isFinished ? worst : Self.excluded) }
    }

    private func lengthDivisor(generated: Int) -> Float {
        Float(pow(Double(generated), Double(settings.lengthPenalty)))
    }
}
