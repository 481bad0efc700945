/// How good the translations of one direction are.
public struct DirectionReport: Sendable, Encodable {
    /// A figure of the paper.
    public struct Published: Sendable, Encodable {
        /// Of which checkpoint.
        public let size: CheckpointSize
        /// BLEU on CoVoST 2's test set.
        public let bleu: Double
        /// How well the figure is known.
        public let evidence: Evidence
    }

    /// A score beside the baseline's.
    public struct Comparison: Sendable, Encodable {
        /// The baseline's score.
        public let baseline: Double
        /// The system's score less that.
        public let difference: Double
        /// How probable a difference as large is by chance.
        public let pValue: Double
        /// What the samples say of the system's score.
        public let system: ScoreEstimate
        /// What they say of the baseline's.
        public let baselineEstimate: ScoreEstimate
    }

    /// The direction.
    public let direction: LanguagePair
    /// The group its spoken language belongs to; `nil` for English.
    public let resources: SpokenLanguage.Resources?
    /// How BLEU cut segments into words.
    public let tokenizer: BLEUTokenizer
    /// Recordings.
    public let segments: Int
    /// Those that could not be translated.
    public let failed: Int
    /// BLEU.
    public let bleu: Double
    /// Its precisions by order, in per cent.
    public let precisions: [Double]
    /// Its brevity penalty.
    public let brevityPenalty: Double
    /// chrF2.
    public let chrf2: Double
    /// The paper's figures.
    public let published: [Published]
    /// What the paper's figure for a model of this size means.
    public let verdict: PublishedQuality.Verdict?
    /// BLEU beside the baseline's.
    public let bleuComparison: Comparison?
    /// chrF2 beside the baseline's.
    public let chrf2Comparison: Comparison?

    init(
        _ pair: LanguagePair, _ items: [ScoredItem], tokenizer: BLEUTokenizer?, resampling: Resampling,
        size: CheckpointSize?
    ) {
        direction = pair
        resources = SpokenLanguage(code: pair.source)?.resources
        self.tokenizer = tokenizer ?? BLEUTokenizer(target: pair.target)
        segments = items.count
        failed = items.count { !$0.record.isSuccess }
        published = CheckpointSize.allCases.compactMap { size in
            PublishedQuality.figure(pair, size).map { Published(size: size, bleu: $0.bleu, evidence: $0.evidence) }
        }
        verdict = size.flatMap { PublishedQuality.verdict(pair, $0) }
        let metrics = (bleu: BLEU(tokenizer: self.tokenizer), chrf2: CHRF())
        let bleuCounts = CorpusCounts(metrics.bleu, items.map { ($0.record.text, $0.item.reference) })
        let chrf2Counts = CorpusCounts(metrics.chrf2, items.map { ($0.record.text, $0.item.reference) })
        let result = metrics.bleu.result(counts: bleuCounts.total)
        bleu = result.score
        precisions = result.precisions
        brevityPenalty = result.brevityPenalty
        chrf2 = metrics.chrf2.score(counts: chrf2Counts.total)
        bleuComparison = Self.compare(metrics.bleu, items, bleuCounts, resampling)
        chrf2Comparison = Self.compare(metrics.chrf2, items, chrf2Counts, resampling)
    }

    private static func compare(
        _ metric: some TextMetric, _ items: [ScoredItem], _ system: CorpusCounts, _ resampling: Resampling
    ) -> Comparison? {
        let baselines = items.compactMap { item in item.baseline.map { ($0.text, item.item.reference) } }
        guard !baselines.isEmpty, baselines.count == items.count else { return nil }
        let counts = CorpusCounts(metric, baselines)
        let bootstrap = PairedBootstrap(metric, baseline: counts, resampling: resampling)
        let outcome = bootstrap.compare(system)
        return Comparison(
            baseline: metric.score(counts: counts.total), difference: outcome.difference, pValue: outcome.pValue,
            system: outcome.estimate, baselineEstimate: bootstrap.baseline)
    }
}
