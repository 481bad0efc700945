import Synchronization

/// Counts who is inside at once.
final class Concurrency: Sendable {
    private let inside = Atomic(0)
    private let most = Atomic(0)

    /// The most that were inside together.
    var peak: Int { most.load(ordering: .relaxed) }

    /// Goes in, lets others run or stays for a while, and leaves.
    func visit(staying time: Duration? = nil) async {
        most.max(inside.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
        if let time { try? await Task.sleep(for: time) } else { await Task.yield() }
        inside.subtract(1, ordering: .relaxed)
    }
}
