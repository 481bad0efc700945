/// A measure of how like translations are to their references, computed from counts that can be summed over segments.
public protocol TextMetric: Sendable {
    /// What sacreBLEU calls it.
    var name: String { get }

    /// How many counts a segment has.
    static var width: Int { get }

    /// The counts of a segment.
    func counts(hypothesis: String, reference: String) -> [Int]

    /// The score, 0 to 100, of summed counts.
    func score(counts: [Int]) -> Double

    /// What sacreBLEU says of the settings, without the name.
    /// - Parameter resampling: the bootstrap, where there was one.
    func signature(resampling: Resampling?) -> String
}

extension TextMetric {
    /// What sacreBLEU says of the settings, without the name.
    public var signature: String { signature(resampling: nil) }

    /// The score of a segment by itself.
    public func score(hypothesis: String, reference: String) -> Double {
        score(counts: counts(hypothesis: hypothesis, reference: reference))
    }
}
