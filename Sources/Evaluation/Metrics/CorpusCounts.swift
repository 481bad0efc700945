/// The counts of a corpus by segment: what scores of all of it and of samples from it are made of.
public struct CorpusCounts: Sendable {
    /// Number of segments.
    public let segments: Int
    private let width: Int
    private let counts: [Int32]

    /// Counts all segments.
    /// - Parameter pairs: hypothesis and reference of each.
    public init<Metric: TextMetric>(_ metric: Metric, _ pairs: some Sequence<(hypothesis: String, reference: String)>) {
        width = Metric.width
        var counts: [Int32] = []
        for pair in pairs {
            counts += metric.counts(hypothesis: pair.hypothesis, reference: pair.reference).map(Int32.init(clamping:))
        }
        self.counts = counts
        segments = counts.count / Metric.width
    }

    /// The sum over all segments.
    public var total: [Int] { sum(0..<segments) }

    /// The sum over some segments, one as often as it is named.
    func sum(_ chosen: some Sequence<Int>) -> [Int] {
        var sum = [Int](repeating: 0, count: width)
        for segment in chosen {
            for index in 0..<width { sum[index] += Int(counts[segment * width + index]) }
        }
        return sum
    }
}
