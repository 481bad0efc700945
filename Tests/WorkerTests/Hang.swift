import Dispatch
import Synchronization

/// Storage that hangs until it is told to go on.
final class Hang: Sendable {
    private let over = DispatchSemaphore(value: 0)
    private let isOverFlag = Atomic(false)
    private let gate = Gate()
    private let entered = AsyncStream<Void>.makeStream()

    var isOver: Bool { isOverFlag.load(ordering: .acquiring) }

    /// Blocks its thread until the end.
    func enter() {
        entered.continuation.yield()
        over.wait()
        over.signal()
    }

    /// Waits for the end and heeds no cancellation.
    func enterAsynchronously() async {
        entered.continuation.yield()
        await Task { try? await gate.wait() }.value
    }

    /// Waits for the next to enter.
    func waitUntilEntered() async {
        for await _ in entered.stream { return }
    }

    func end() {
        isOverFlag.store(true, ordering: .releasing)
        over.signal()
        gate.open()
    }
}
