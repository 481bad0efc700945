import FoundationEssentials

extension Date {
    /// In UTC, to the second, such as `2026-11-22T13:40:02Z`.
    var iso8601: String { formatted(.iso8601) }
}
