import Synchronization

/// Where senders wait while the producer's local queue is full.
///
/// There is no signal for "one place is free": all are woken after every poll and try again.
final class QueueSpace: Sendable {
    /// `nil` once closed.
    private let waiters = Mutex<[CheckedContinuation<Void, Never>]?>([])

    /// Waits for the next poll, at most 100 ms.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isClosed = waiters.withLock { waiters in
                waiters?.append(continuation)
                return waiters == nil
            }
            if isClosed { continuation.resume() }
        }
    }

    /// Wakes everyone.
    func signal() {
        let woken = waiters.withLock { waiters in
            defer { if waiters != nil { waiters = [] } }
            return waiters ?? []
        }
        for waiter in woken { waiter.resume() }
    }

    /// Wakes everyone for good.
    func close() {
        let woken = waiters.withLock { waiters in
            defer { waiters = nil }
            return waiters ?? []
        }
        for waiter in woken { waiter.resume() }
    }
}
