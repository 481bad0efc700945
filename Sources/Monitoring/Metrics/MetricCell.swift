/// Where the value of one series is kept.
protocol MetricCell: AnyObject, Sendable {
    /// What it is at.
    var value: MetricFamily.Value { get }
}
