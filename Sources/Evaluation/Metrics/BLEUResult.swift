#if canImport(Glibc)
import Glibc
#endif

/// A BLEU score and what it is made of.
public struct BLEUResult: Sendable, Hashable {
    /// 0 to 100.
    public internal(set) var score = 0.0
    /// Share of the n-grams that match, in per cent, by order; smoothed where none do.
    public internal(set) var precisions: [Double]
    /// Matching n-grams by order.
    public let matches: [Int]
    /// N-grams of the hypotheses by order.
    public let totals: [Int]
    /// 1, or less where the hypotheses are shorter than the references.
    public let brevityPenalty: Double
    /// Words of the hypotheses.
    public let hypothesisLength: Int
    /// Words of the references.
    public let referenceLength: Int

    init(_ counts: [Int]) {
        hypothesisLength = counts[0]
        referenceLength = counts[1]
        matches = Array(counts[2..<2 + BLEU.orders])
        totals = Array(counts[(2 + BLEU.orders)...])
        precisions = Array(repeating: 0, count: BLEU.orders)
        brevityPenalty =
            if hypothesisLength >= referenceLength {
                1
            } else if hypothesisLength > 0 {
                exp(1 - Double(referenceLength) / Double(hypothesisLength))
            } else {
                0
            }
    }

    /// Words of the hypotheses for each of the references; 0 without any.
    public var lengthRatio: Double {
        referenceLength > 0 ? Double(hypothesisLength) / Double(referenceLength) : 0
    }

    /// The details as sacreBLEU prints them behind a score.
    public var details: String {
        let precisions = precisions.map { $0.fixed(1) }.joined(separator: "/")
        return "\(precisions) (BP = \(brevityPenalty.fixed(3)) ratio = \(lengthRatio.fixed(3)) "
            + "hyp_len = \(hypothesisLength) ref_len = \(referenceLength))"
    }
}
