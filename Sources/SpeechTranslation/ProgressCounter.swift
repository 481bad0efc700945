import Synchronization

/// Counts what an engine has got done.
final class ProgressCounter: Sendable {
    private let count = Atomic<UInt64>(0)

    /// So far.
    var value: UInt64 { count.load(ordering: .relaxed) }

    /// Something more is done.
    func advance() { count.wrappingAdd(1, ordering: .relaxed) }
}
