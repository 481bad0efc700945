/// What a metric is, as it stands in a scrape.
public struct MetricDescription: Sendable, Hashable {
    /// How its values are to be taken.
    public enum Kind: Sendable, Hashable {
        /// A sum that only grows; the name ends in `_total`.
        case counter
        /// A value that goes up and down.
        case gauge
        /// Observations by size, with the upper bounds of the buckets, rising; the one without a bound is added.
        case histogram(bounds: [Double])
    }

    /// By Prometheus' rules: lower case with underscores, base units.
    public var name: String
    /// What it counts or measures, in a sentence.
    public var help: String
    /// How its values are to be taken.
    public var kind: Kind

    /// Creates a description.
    public init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        self.help = help
        self.kind = kind
    }
}

extension [Double] {
    /// Bounds for times in seconds, from a millisecond to an hour: most of what is waited for lies in between.
    public static let durationBounds: [Double] = [
        0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600,
    ]
}
