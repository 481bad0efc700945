import Synchronization

/// A flag that any thread may raise, once.
final class SharedFlag: Sendable {
    private let flag = Atomic(false)

    var value: Bool { flag.load(ordering: .acquiring) }

    func raise() { flag.store(true, ordering: .releasing) }
}
