/// Records as they arrive, held in a bounded buffer. Several tasks may iterate: each record goes to one of them.
///
/// The sequence ends when its client is closed, its reader has reached the end, or the iterating task is cancelled.
/// It throws ``KafkaError`` where reading can't go on.
public struct KafkaRecordSequence<Element: Sendable>: AsyncSequence, Sendable {
    /// Takes records out of the sequence.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let buffer: RecordBuffer<Element>
        let source: (any Sendable)?

        /// The next record, or `nil` at the end.
        public mutating func next() async throws -> Element? { try await buffer.next(atMost: 1).first }
    }

    let buffer: RecordBuffer<Element>
    /// What fills the buffer, kept alive as long as somebody may iterate.
    let source: (any Sendable)?

    /// The same records, as many at a time as have arrived.
    public var batches: KafkaRecordBatches<Element> { KafkaRecordBatches(records: self) }

    /// Creates an iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(buffer: buffer, source: source) }
}
