#if canImport(Glibc)
import Glibc
#endif

/// BLEU (Papineni et al., 2002) as sacreBLEU computes it: up to four words, exponential smoothing, one reference, case
/// kept.
public struct BLEU: TextMetric {
    /// Longest n-grams.
    public static let orders = 4
    /// Words of hypothesis and reference, then matches and n-grams of the hypothesis by order.
    public static let width = 2 + 2 * orders

    /// How segments are cut into words.
    public var tokenizer: BLEUTokenizer
    /// Whether orders that a text is too short for are left out; for single sentences, never for a corpus.
    public var usesEffectiveOrder: Bool

    /// Creates the metric.
    public init(tokenizer: BLEUTokenizer = .thirteenA, usesEffectiveOrder: Bool = false) {
        self.tokenizer = tokenizer
        self.usesEffectiveOrder = usesEffectiveOrder
    }

    /// `BLEU`.
    public var name: String { "BLEU" }

    /// The counts of a segment.
    public func counts(hypothesis: String, reference: String) -> [Int] {
        var numbers: [ArraySlice<UInt32>: UInt32] = [:]
        func number(_ word: ArraySlice<UInt32>) -> UInt32 {
            if let number = numbers[word] { return number }
            let number = UInt32(numbers.count + 1)
            numbers[word] = number
            return number
        }
        let hypothesis = tokenizer.words(hypothesis).map(number)
        let reference = tokenizer.words(reference).map(number)
        let (ours, theirs) = (
            NGrams(hypothesis, orders: Self.orders, bits: 32), NGrams(reference, orders: Self.orders, bits: 32)
        )
        return [hypothesis.count, reference.count] + ours.matches(in: theirs) + ours.totals
    }

    /// The score of summed counts.
    public func score(counts: [Int]) -> Double { result(counts: counts).score }

    /// The score of summed counts, and what it is made of.
    public func result(counts: [Int]) -> BLEUResult {
        var result = BLEUResult(counts)
        guard result.matches.contains(where: { $0 > 0 }) else { return result }
        var (smoothing, order) = (1.0, Self.orders)
        for n in 1...Self.orders {
            let (matches, total) = (result.matches[n - 1], result.totals[n - 1])
            if total == 0 { break }
            if usesEffectiveOrder { order = n }
            if matches == 0 {
                smoothing *= 2
                result.precisions[n - 1] = 100 / (smoothing * Double(total))
            } else {
                result.precisions[n - 1] = 100 * Double(matches) / Double(total)
            }
        }
        // A precision of nothing has no logarithm; sacreBLEU's stands in for it.
        let logarithms = result.precisions[..<order].map { $0 == 0 ? -9_999_999_999 : log($0) }
        result.score = result.brevityPenalty * exp(logarithms.reduce(0, +) / Double(order))
        return result
    }

    /// Such as `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0`.
    public func signature(resampling: Resampling?) -> String {
        SacreBLEU.signature(
            [
                ("case", "mixed"), ("eff", usesEffectiveOrder ? "yes" : "no"), ("tok", tokenizer.rawValue),
                ("smooth", "exp"),
            ], resampling)
    }
}
