/// The records of a ``KafkaRecordSequence`` in batches: whoever asks gets all that are buffered, at least one.
///
/// The rules for the end, errors and cancellation are the sequence's. This is how to read fast: a record at a time costs
/// several times as much.
public struct KafkaRecordBatches<Element: Sendable>: AsyncSequence, Sendable {
    /// Takes batches out of the sequence.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let records: KafkaRecordSequence<Element>

        /// The next records, or `nil` at the end.
        public mutating func next() async throws -> [Element]? {
            let batch = try await records.buffer.next(atMost: .max)
            return batch.isEmpty ? nil : batch
        }
    }

    let records: KafkaRecordSequence<Element>

    /// Creates an iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(records: records) }
}
