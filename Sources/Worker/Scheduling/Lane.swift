/// How urgent a job is.
enum Lane: Int, Sendable, Hashable, CaseIterable {
    /// Somebody waits for it.
    case interactive
    /// Nobody does.
    case bulk

    /// The other one.
    var other: Lane { self == .interactive ? .bulk : .interactive }
}
