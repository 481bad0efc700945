/// A name and a value that tell one series of a metric from another.
public struct MetricLabel: Sendable, Hashable {
    /// Letters, digits and underscores.
    public var name: String
    /// Any text. Few different ones: never a job's id or a path.
    public var value: String

    /// Creates a label.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
