import Synchronization

/// The sends whose records are not all acknowledged yet. Each ends exactly once, and whoever waits for it is resumed.
final class PendingDeliveries: Sendable {
    private typealias Continuation = CheckedContinuation<[PendingSend.Position], any Error>

    private enum Entry {
        case open(PendingSend, Continuation?)
        /// Over before anybody waited for it.
        case ended(PendingSend.Outcome)
    }

    private struct State {
        var entries: [UInt32: Entry] = [:]
        var lastSend: UInt32 = 0
        var isClosed = false

        /// Changes a send that is under way.
        /// - Returns: Whom to resume with what, if that has ended it.
        mutating func update(
            _ send: UInt32, _ change: (inout PendingSend) -> PendingSend.Outcome?
        ) -> (continuation: Continuation, outcome: PendingSend.Outcome)? {
            guard let index = entries.index(forKey: send),
                case .open(var pending, let continuation) = entries[index].value
            else { return nil }
            // Lets the change happen in place.
            entries.values[index] = .ended(.success([]))
            guard let outcome = change(&pending) else {
                entries.values[index] = .open(pending, continuation)
                return nil
            }
            if let continuation {
                entries.remove(at: index)
                return (continuation, outcome)
            }
            entries.values[index] = .ended(outcome)
            return nil
        }
    }

    private let state = Mutex(State())

    /// Begins a send.
    /// - Returns: Its number, for ``wait(for:)``, which has to follow.
    func begin(count: Int) throws(KafkaError) -> UInt32 {
        let send: UInt32? = state.withLock { state in
            if state.isClosed { return nil }
            repeat { state.lastSend &+= 1 } while state.lastSend == 0 || state.entries[state.lastSend] != nil
            state.entries[state.lastSend] = .open(PendingSend(count: count), nil)
            return state.lastSend
        }
        guard let send else { throw .producerClosed }
        return send
    }

    /// Notes what came of one record; nobody may want to know any more.
    func finish(_ ticket: DeliveryTicket, with result: Result<PendingSend.Position, any Error>) {
        update(ticket.send) { pending in
            pending.finish(Int(ticket.index), with: result)
            return pending.outcome
        }
    }

    /// Notes that the records of a send from an index on were not handed over.
    func abandon(_ send: UInt32, from index: Int, error: any Error) {
        update(send) { pending in
            pending.abandon(from: index, error: error)
            return pending.outcome
        }
    }

    /// Ends a send whatever its records are doing.
    func cancel(_ send: UInt32) {
        update(send) { _ in .failure(CancellationError()) }
    }

    /// Waits until all records of a send are acknowledged or have failed.
    func wait(for send: UInt32) async throws -> [PendingSend.Position] {
        try await withCheckedThrowingContinuation { (continuation: Continuation) in
            let outcome: PendingSend.Outcome? = state.withLock { state in
                switch state.entries[send] {
                case .open(let pending, _):
                    state.entries[send] = .open(pending, continuation)
                    return nil
                case .ended(let outcome):
                    state.entries[send] = nil
                    return outcome
                case nil:
                    return .failure(KafkaError.producerClosed)
                }
            }
            if let outcome { continuation.resume(with: outcome) }
        }
    }

    /// Ends all sends and lets no new ones in.
    func close() {
        let entries = state.withLock { state in
            state.isClosed = true
            defer { state.entries = state.entries.filter { if case .ended = $0.value { true } else { false } } }
            return state.entries.values
        }
        for case .open(_, let continuation?) in entries { continuation.resume(throwing: KafkaError.producerClosed) }
    }

    private func update(_ send: UInt32, _ change: (inout PendingSend) -> PendingSend.Outcome?) {
        guard let (continuation, outcome) = state.withLock({ $0.update(send, change) }) else { return }
        continuation.resume(with: outcome)
    }
}

extension KafkaError {
    static let producerClosed = KafkaError(.closed, "the producer is closed")
}
