/// What was sent of a batch.
package struct SendOutcome {
    /// Offsets of the first and the last job, by partition, as far as they are known.
    var ranges: [Int32: ClosedRange<Int64>] = [:]
    /// Jobs that the brokers have.
    package var acknowledgedCount = 0
    /// Why not all were sent; a cancellation, or what failed.
    var failure: (any Error)?

    mutating func add(_ positions: [(partition: Int32, offset: Int64)]) {
        for (partition, offset) in positions {
            let range = ranges[partition] ?? offset...offset
            ranges[partition] = min(range.lowerBound, offset)...max(range.upperBound, offset)
        }
    }

    /// - Returns: `false` when the task was cancelled.
    /// - Throws: ``CoordinatorError`` when it failed.
    package func isComplete(of total: Int, _ batchID: String) throws(CoordinatorError) -> Bool {
        guard let failure else { return true }
        guard !(failure is CancellationError) else { return false }
        throw CoordinatorError(
            .incompleteSubmit,
            "\(acknowledgedCount) of \(total) jobs of batch \(batchID) were sent; the same command with --resume sends the "
                + "rest", cause: failure)
    }
}
