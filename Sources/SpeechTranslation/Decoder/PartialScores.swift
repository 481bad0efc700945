import Compute

/// The log-sum-exp and the best tokens of one row over one chunk of the vocabulary.
struct PartialScores {
    let maximum: Float
    /// Sum of `exp(logit - maximum)`.
    let sum: Float
    /// Highest logit first; equal ones by token.
    private(set) var best: [ScoredToken] = []

    init(
        _ logits: UnsafePointer<Float>, count: Int, firstToken: Int32, _ demand: TokenDemand, _ kernels: Kernels
    ) {
        (maximum, sum) = kernels.sumOfExponentials(logits, count: count)
        best.reserveCapacity(demand.count)
        var threshold = -Float.infinity
        for index in 0..<count {
            let score = logits[index]
            // Tokens come in ascending order, so one that only equals the last of a full list stays behind it.
            guard score > threshold || (best.count < demand.count && !score.isNaN) else { continue }
            let token = firstToken + Int32(index)
            if !demand.banned.isEmpty && demand.banned.contains(token) { continue }
            if best.count == demand.count { best.removeLast() }
            var place = best.count
            while place > 0 && best[place - 1].score < score { place -= 1 }
            best.insert(ScoredToken(token: token, score: score), at: place)
            if best.count == demand.count { threshold = best[demand.count - 1].score }
        }
    }
}
