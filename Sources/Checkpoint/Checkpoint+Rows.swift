import Platform

extension Checkpoint {
    /// How much is read before memory is given back.
    private static let keptElementCount = 8 << 20

    /// Copies a tensor as float32, some rows of its outermost dimension at a time, without keeping what is read: for
    /// checkpoints that are larger than memory.
    /// - Parameters:
    ///   - shape: The shape it must have.
    ///   - selection: The rows to read, which must exist; `nil` for all.
    ///   - rowsAtATime: Rows in each piece but the last.
    ///   - body: Takes each piece, which is valid during the call.
    public func forEachPiece(
        of name: String, shape: [Int], rows selection: [Int32]? = nil, rowsAtATime: Int,
        _ body: (UnsafeBufferPointer<Float>) throws(CheckpointError) -> Void
    ) throws(CheckpointError) {
        guard case .published(let published) = weights else {
            throw CheckpointError(.unsupportedFormat, "\(path): a packed file can't be converted again")
        }
        let (file, entry) = try published.required(name, shape: shape)
        let rows = selection?.count ?? shape.first ?? 1
        let rowCount = shape.dropFirst().reduce(1, *)
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: max(1, min(rows, rowsAtATime) * rowCount))
        defer { buffer.deallocate() }
        var read = 0
        for first in stride(from: 0, to: rows, by: max(1, rowsAtATime)) {
            let count = min(rowsAtATime, rows - first)
            let piece = UnsafeMutableBufferPointer(rebasing: buffer[..<(count * rowCount)])
            if let selection {
                for index in 0..<count {
                    let row = Int(selection[first + index])
                    entry.rows(row..<row + 1).copyFloat32(
                        from: file.bytes,
                        into: UnsafeMutableBufferPointer(rebasing: piece[(index * rowCount)..<((index + 1) * rowCount)])
                    )
                }
            } else {
                entry.rows(first..<first + count).copyFloat32(from: file.bytes, into: piece)
            }
            try body(UnsafeBufferPointer(piece))
            read += piece.count
            if read >= Self.keptElementCount {
                file.forget()
                read = 0
            }
        }
        file.forget()
    }
}
