/// A metric with all its series, at one time.
public struct MetricFamily: Sendable {
    /// One series.
    public struct Sample: Sendable {
        /// What tells it from the others.
        public var labels: [MetricLabel]
        /// What it is at.
        public var value: Value

        /// Creates a sample of a counter or a gauge.
        public init(_ value: Double, _ labels: [MetricLabel] = []) {
            self.init(.number(value), labels)
        }

        init(_ value: Value, _ labels: [MetricLabel]) {
            self.labels = labels
            self.value = value
        }
    }

    /// A series' value.
    public enum Value: Sendable {
        /// Of a counter or a gauge.
        case number(Double)
        /// Of a histogram: how many observations each bucket has, the last one without a bound, and their sum.
        case observations(counts: [UInt64], sum: Double)
    }

    /// What it is.
    public var description: MetricDescription
    /// Its series.
    public var samples: [Sample]

    /// Creates a family.
    public init(_ description: MetricDescription, _ samples: [Sample]) {
        self.description = description
        self.samples = samples
    }
}
