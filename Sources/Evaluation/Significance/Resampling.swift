/// Samples of a corpus' segments, each as large as the corpus and with repetitions (Efron's bootstrap).
///
/// They are those that sacreBLEU draws from numpy's generator with the same seed.
public struct Resampling: Sendable, Hashable {
    /// How many samples, at least 1.
    public var count: Int
    /// Where the generator begins.
    public var seed: UInt64

    /// Creates a resampling; the defaults are sacreBLEU's.
    public init(count: Int = 1000, seed: UInt64 = 12345) {
        self.count = count
        self.seed = seed
    }

    /// The score of every sample.
    public func scores(_ metric: some TextMetric, _ corpus: CorpusCounts) -> [Double] {
        guard corpus.segments > 0 else { return [] }
        var generator = NumPyGenerator(seed: seed)
        return (0..<count).map { _ in
            let chosen = (0..<corpus.segments).map { _ in generator.index(below: corpus.segments) }
            return metric.score(counts: corpus.sum(chosen))
        }
    }
}
