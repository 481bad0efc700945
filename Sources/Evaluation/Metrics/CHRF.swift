/// chrF2 (Popović, 2015) as sacreBLEU computes it: n-grams of up to six characters, white space left out, recall counted
/// twice as much as precision, one reference, case kept.
public struct CHRF: TextMetric {
    /// Longest n-grams.
    public static let orders = 6
    /// N-grams of the hypothesis, of the reference, and matches, for each order.
    public static let width = 3 * orders
    // A code point and one more fit, six times.
    private static let symbolBits = 21
    private static let recallWeight = 4.0
    private static let epsilon = 1e-16

    /// Whether orders that a text is too short for count as next to nothing, as in chrF++.py, Moses and NLTK; otherwise they
    /// are left out, which is sacreBLEU's default.
    public var smoothsWithEpsilon: Bool

    /// Creates the metric.
    public init(smoothsWithEpsilon: Bool = false) {
        self.smoothsWithEpsilon = smoothsWithEpsilon
    }

    /// `chrF2`.
    public var name: String { "chrF2" }

    /// The counts of a segment.
    public func counts(hypothesis: String, reference: String) -> [Int] {
        let (ours, theirs) = (Self.ngrams(hypothesis), Self.ngrams(reference))
        let matches = ours.matches(in: theirs)
        return (0..<Self.orders).flatMap { order in
            // Where the reference has no n-grams, those of the hypothesis don't count either.
            [theirs.totals[order] > 0 ? ours.totals[order] : 0, theirs.totals[order], matches[order]]
        }
    }

    private static func ngrams(_ segment: String) -> NGrams {
        let characters = segment.unicodeScalars.lazy.map(\.value).filter { !PythonText.isSpace($0) }
        return NGrams(characters.map { $0 + 1 }, orders: orders, bits: symbolBits)
    }

    /// The score of summed counts.
    public func score(counts: [Int]) -> Double {
        var (sum, precisions, recalls, orders) = (0.0, 0.0, 0.0, 0.0)
        for order in 0..<Self.orders {
            let (ours, theirs, matches) = (counts[3 * order], counts[3 * order + 1], counts[3 * order + 2])
            let precision = ours > 0 ? Double(matches) / Double(ours) : Self.epsilon
            let recall = theirs > 0 ? Double(matches) / Double(theirs) : Self.epsilon
            let divisor = Self.recallWeight * precision + recall
            sum += divisor > 0 ? (1 + Self.recallWeight) * precision * recall / divisor : Self.epsilon
            if ours > 0, theirs > 0 {
                precisions += precision
                recalls += recall
                orders += 1
            }
        }
        if smoothsWithEpsilon { return 100 * sum / Double(Self.orders) }
        guard orders > 0 else { return 0 }
        let (precision, recall) = (precisions / orders, recalls / orders)
        guard precision + recall > 0 else { return 0 }
        return 100 * ((1 + Self.recallWeight) * precision * recall / (Self.recallWeight * precision + recall))
    }

    /// Such as `nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0`.
    public func signature(resampling: Resampling?) -> String {
        SacreBLEU.signature(
            [
                ("case", "mixed"), ("eff", smoothsWithEpsilon ? "no" : "yes"), ("nc", String(Self.orders)),
                ("nw", "0"), ("space", "no"),
            ], resampling)
    }
}
