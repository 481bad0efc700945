import Kafka
import Logging
import Synchronization

/// The producer in use, and a new one in its place when it can't go on: an idempotent producer can't once a broker does
/// not remember what it wrote, as after the loss of the broker's data.
final class ProducerSlot: Sendable {
    private enum State {
        case open((any RecordWriter)?)
        case closed
    }

    private let state = Mutex(State.open(nil))
    private let logger: Logger
    private let make: @Sendable () throws -> any RecordWriter

    /// Creates a slot.
    /// - Parameter make: Makes a producer: the first when something is to be written.
    init(logger: Logger, make: @escaping @Sendable () throws -> any RecordWriter) {
        self.logger = logger
        self.make = make
    }

    /// Writes a record with the producer in use.
    /// - Throws: As ``RecordWriter/write(_:)``. An error of a producer that can't go on is retriable: the next attempt
    ///   finds another.
    func write(_ record: KafkaProducerRecord) async throws {
        let producer = try current()
        do {
            try await producer.write(record)
        } catch let error as KafkaError where error.endsProducer {
            guard retire(producer, because: error) else { throw error }
            throw KafkaError(
                error.code, error.message, isRetriable: true, brokerError: error.brokerError, cause: error.cause)
        }
    }

    /// Closes the producer in use, and makes no other.
    func close(timeout: Duration) async {
        let producer = state.withLock { state -> (any RecordWriter)? in
            defer { state = .closed }
            if case .open(let producer) = state { return producer }
            return nil
        }
        await producer?.close(timeout: timeout)
    }

    private func current() throws -> any RecordWriter {
        try state.withLock { state in
            guard case .open(let producer) = state else {
                throw KafkaError(.closed, "the worker is leaving and writes nothing any more")
            }
            if let producer { return producer }
            let made = try make()
            state = .open(made)
            return made
        }
    }

    /// Has another producer made when the next record is to be written.
    /// - Returns: Whether there may be a next one.
    private func retire(_ producer: any RecordWriter, because error: KafkaError) -> Bool {
        let (isOpen, isCurrent) = state.withLock { state in
            guard case .open(let current) = state else { return (false, false) }
            guard current === producer else { return (true, false) }
            state = .open(nil)
            return (true, true)
        }
        if isCurrent {
            logger.error("the producer can't go on: another takes its place", metadata: ["error": "\(error)"])
            // Its other records fail with it, and are written again.
            Task { await producer.close(timeout: .seconds(5)) }
        }
        return isOpen
    }
}

extension KafkaError {
    /// What a broker says that does not know what the producer wrote before.
    private static let lostSequences: Set<String> = [
        "OUT_OF_ORDER_SEQUENCE_NUMBER", "UNKNOWN_PRODUCER_ID", "INVALID_PRODUCER_ID_MAPPING", "INVALID_PRODUCER_EPOCH",
    ]

    /// Whether its producer can write nothing any more.
    fileprivate var endsProducer: Bool {
        code == .fatal || code == .closed || brokerError.map(Self.lostSequences.contains) ?? false
    }
}
