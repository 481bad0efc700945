/// A translation that is far from its reference.
public struct WorstSegment: Sendable, Encodable {
    /// The recording.
    public let item: String
    /// chrF2 of the sentence.
    public let chrf2: Double
    /// BLEU of the sentence, with effective order.
    public let bleu: Double
    /// What it should have become.
    public let reference: String
    /// What it became.
    public let translation: String
    /// Mean log-probability of the translation's tokens.
    public let meanTokenLogprob: Float?
    /// Why there is no translation, where there is none.
    public let reason: String?

    /// The worst of the translations that are not their references, by chrF2, which says more of short sentences than BLEU;
    /// equal ones in the manifest's order.
    static func find(_ items: [ScoredItem], count: Int, tokenizer: BLEUTokenizer?) -> [WorstSegment] {
        let metric = CHRF()
        let scored = items.enumerated().compactMap { index, item -> (index: Int, score: Double)? in
            let (text, reference) = (item.record.text, item.item.reference)
            guard !text.unicodeScalars.elementsEqual(reference.unicodeScalars) else { return nil }
            return (index, metric.score(hypothesis: text, reference: reference))
        }
        return scored.sorted { ($0.score, $0.index) < ($1.score, $1.index) }.prefix(max(0, count)).map { index, score in
            let (item, record) = (items[index].item, items[index].record)
            let tokenizer = tokenizer ?? BLEUTokenizer(target: item.pair.target)
            let bleu = BLEU(tokenizer: tokenizer, usesEffectiveOrder: true)
            return WorstSegment(
                item: item.key, chrf2: score, bleu: bleu.score(hypothesis: record.text, reference: item.reference),
                reference: item.reference, translation: record.text, meanTokenLogprob: record.meanTokenLogprob,
                reason: record.isSuccess ? nil : record.reason ?? record.status)
        }
    }
}
