/// How long a job waits until it is tried again; one topic each, so that each stays ordered.
public enum RetryDelay: String, Sendable, CaseIterable {
    /// One minute.
    case oneMinute = "1m"
    /// Ten minutes.
    case tenMinutes = "10m"
    /// One hour.
    case oneHour = "1h"

    /// The time itself.
    public var duration: Duration {
        switch self {
        case .oneMinute: .seconds(60)
        case .tenMinutes: .seconds(600)
        case .oneHour: .seconds(3600)
        }
    }
}
