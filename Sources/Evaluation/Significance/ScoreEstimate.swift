/// What samples say of a score.
public struct ScoreEstimate: Sendable, Hashable, Codable {
    /// Mean over the samples.
    public let mean: Double
    /// Half the width of the interval that holds 95% of them: sacreBLEU's `± 95% CI`.
    public let halfWidth: Double

    /// - Parameter scores: of the samples, at least one.
    public init(_ scores: [Double]) {
        let sorted = scores.sorted()
        let margin = sorted.count / 40
        guard let last = sorted.last else {
            (mean, halfWidth) = (0, 0)
            return
        }
        mean = sorted.reduce(0, +) / Double(sorted.count)
        halfWidth = sorted.count > margin ? (sorted[sorted.count - margin - 1] - sorted[margin]) / 2 : last
    }

    private enum CodingKeys: String, CodingKey {
        case mean
        case halfWidth = "ci"
    }
}
