import Checkpoint
import Compute

/// Reads the layers' weights of a published checkpoint in the order in which a packed file has them.
struct WeightSource {
    private let checkpoint: Checkpoint
    private let positional: PositionalWeights
    private let vocabulary: VocabularyShortlist?
    private let rebalancing: ChannelRebalancing?

    /// - Parameter rebalances: Whether large channels are taken out of what may be quantised.
    init(_ checkpoint: Checkpoint, vocabulary: VocabularyShortlist?, rebalances: Bool) throws(CheckpointError) {
        self.checkpoint = checkpoint
        self.vocabulary = vocabulary
        rebalancing = rebalances ? try ChannelRebalancing(checkpoint) : nil
        positional = try PositionalWeights(checkpoint)
    }

    /// Reads some outputs' weights at a time, as many as a panel has columns.
    /// - Parameter body: takes the rows, which are valid during the call.
    func forEachPanel(
        of item: TensorInventory.Item, _ body: (UnsafeBufferPointer<Float>) throws(CheckpointError) -> Void
    ) throws(CheckpointError) {
        guard item.shape.count == 3 else {
            var (shape, selection) = (item.shape, [Int32]?.none)
            if item.role == .vocabulary {
                shape[0] = checkpoint.configuration.decoder.vocabularySize
                selection = vocabulary?.tokens
            }
            return try forEachPiece(
                of: item.name, shape: shape, rows: selection, rowsAtATime: PackedMatrix.panelColumns, body)
        }
        let (outputs, channels, taps) = (item.shape[0], item.shape[1], item.shape[2])
        let depth = channels * taps
        let rows = Matrix(rows: min(outputs, PackedMatrix.panelColumns), columns: depth)
        if case .positional(let group) = item.role {
            for first in stride(from: 0, to: outputs, by: PackedMatrix.panelColumns) {
                let count = min(PackedMatrix.panelColumns, outputs - first)
                for row in 0..<count { positional.copyRow(group * outputs + first + row, into: rows.row(row)) }
                try body(UnsafeBufferPointer(start: rows.pointer, count: count * depth))
            }
        } else {
            try checkpoint.forEachPiece(
                of: item.name, shape: item.shape, rowsAtATime: PackedMatrix.panelColumns
            ) { (piece) throws(CheckpointError) in
                guard let start = piece.baseAddress else { return }
                for row in 0..<piece.count / depth {
                    TapMajorRow.copy(start + row * depth, channels: channels, taps: taps, into: rows.row(row))
                }
                try body(UnsafeBufferPointer(start: rows.pointer, count: piece.count))
            }
        }
    }

    /// Reads a tensor that is no layer's weights, some rows at a time.
    func forEachPiece(
        of item: TensorInventory.Item, _ body: (UnsafeBufferPointer<Float>) throws(CheckpointError) -> Void
    ) throws(CheckpointError) {
        // A vector is rescaled as a whole.
        let rowsAtATime = item.shape.count == 1 ? item.shape[0] : 4096
        try forEachPiece(of: item.name, shape: item.shape, rows: nil, rowsAtATime: rowsAtATime, body)
    }

    private func forEachPiece(
        of name: String, shape: [Int], rows: [Int32]?, rowsAtATime: Int,
        _ body: (UnsafeBufferPointer<Float>) throws(CheckpointError) -> Void
    ) throws(CheckpointError) {
        guard let rebalancing, rebalancing.changes(name) else {
            return try checkpoint.forEachPiece(
                of: name, shape: shape, rows: rows, rowsAtATime: rowsAtATime, body)
        }
        try checkpoint.forEachPiece(
            of: name, shape: shape, rows: rows, rowsAtATime: rowsAtATime
        ) { (piece) throws(CheckpointError) in
            let rescaled = Matrix(rows: 1, columns: piece.count)
            let buffer = UnsafeMutableBufferPointer(start: rescaled.pointer, count: piece.count)
            _ = buffer.update(fromContentsOf: piece)
            rebalancing.apply(to: buffer, of: name)
            try body(UnsafeBufferPointer(buffer))
        }
    }
}
