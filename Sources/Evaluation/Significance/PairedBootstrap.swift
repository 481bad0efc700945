/// Paired bootstrap resampling (Koehn, 2004) as sacreBLEU's `--paired-bs` does it: whether a system's score differs from a
/// baseline's on the same references by more than chance.
public struct PairedBootstrap: Sendable {
    /// The samples; the same for both systems.
    public let resampling: Resampling
    private let metric: any TextMetric
    private let baselineScore: Double
    private let baselineScores: [Double]

    /// What is known of the baseline.
    public var baseline: ScoreEstimate { ScoreEstimate(baselineScores) }

    /// What came of a comparison.
    public struct Outcome: Sendable, Hashable {
        /// The system's score less the baseline's.
        public let difference: Double
        /// What the samples say of the system's score.
        public let estimate: ScoreEstimate
        /// How probable a difference as large is where both are essentially one system.
        public let pValue: Double
    }

    /// - Parameter baseline: the baseline's counts, at least one segment.
    public init(_ metric: some TextMetric, baseline: CorpusCounts, resampling: Resampling) {
        self.metric = metric
        self.resampling = resampling
        baselineScore = metric.score(counts: baseline.total)
        baselineScores = resampling.scores(metric, baseline)
    }

    /// Compares a system with the baseline.
    /// - Parameter system: the counts of the same segments.
    public func compare(_ system: CorpusCounts) -> Outcome {
        let scores = resampling.scores(metric, system)
        let difference = metric.score(counts: system.total) - baselineScore
        return Outcome(
            difference: difference, estimate: ScoreEstimate(scores),
            pValue: Self.pValue(zip(scores, baselineScores).map { abs($0 - $1) }, difference: abs(difference)))
    }

    /// The share of samples whose difference is that far above the mean of all (Riezler and Maxwell, 2005), counting one
    /// more. Where no sample differs the systems are the same, which sacreBLEU would call significant: that is 1 here.
    private static func pValue(_ differences: [Double], difference: Double) -> Double {
        guard differences.contains(where: { $0 > 0 }) else { return 1 }
        let mean = differences.reduce(0, +) / Double(differences.count)
        let above = differences.count { $0 - mean > difference }
        return Double(above + 1) / Double(differences.count + 1)
    }
}
