import Checkpoint
import Compute

/// Writes a checkpoint as one packed file, a panel at a time: memory does not grow with the model.
public struct ModelConverter: Sendable {
    private let checkpoint: Checkpoint
    private let precision: PackingPrecision
    private let inventory: TensorInventory
    private var otherStorage: @Sendable (_ tensor: String) -> TensorStorage? = { _ in nil }

    /// - Parameter checkpoint: One in a directory, as published.
    public init(_ checkpoint: Checkpoint, precision: PackingPrecision) {
        self.checkpoint = checkpoint
        self.precision = precision
        inventory = TensorInventory(checkpoint)
    }

    /// Stores some matrices otherwise than the precision does, to measure what that is worth.
    /// - Parameter storage: By a tensor's name; `nil` leaves it to the precision.
    package init(
        _ checkpoint: Checkpoint, precision: PackingPrecision,
        storage: @escaping @Sendable (_ tensor: String) -> TensorStorage?
    ) {
        self.init(checkpoint, precision: precision)
        otherStorage = storage
    }

    /// Writes the file. It appears under its name when it is complete.
    /// - Parameters:
    ///   - producer: who writes it, such as "dragoman 0.1.0".
    ///   - progress: called with the tensors written so far and their number.
    /// - Returns: The digest of its contents.
    /// - Throws: `CheckpointError`, for a tensor that is missing or a file that can't be written.
    public func write(
        to path: String, producer: String, progress: (_ done: Int, _ count: Int) throws -> Void = { _, _ in }
    ) throws -> String {
        let tensors = inventory.items.map { item in
            PackedFileWriter.Tensor(name: item.name, shape: item.shape, storage: storage(of: item))
        }
        var writer = try PackedFileWriter.begin(
            path: path, checkpoint: checkpoint, precision: precision.rawValue, producer: producer, tensors: tensors)
        for (index, item) in inventory.items.enumerated() {
            try write(item, to: &writer)
            try progress(index + 1, inventory.items.count)
        }
        return try writer.finish()
    }

    private func storage(of item: TensorInventory.Item) -> TensorStorage {
        item.role.map { otherStorage(item.name) ?? precision.storage(for: $0) } ?? .float32
    }

    private func write(_ item: TensorInventory.Item, to writer: inout PackedFileWriter) throws {
        guard let weights = WeightPrecision(panels: storage(of: item)) else {
            return try checkpoint.forEachPiece(
                of: item.name, shape: item.shape, rowsAtATime: 4096
            ) { (piece) throws(CheckpointError) in
                try writer.append(UnsafeRawBufferPointer(piece))
            }
        }
        let depth = item.shape[1]
        guard depth <= PackedMatrix.greatestDepth else {
            throw SpeechTranslationError(
                .unusableModel,
                "tensor \(item.name) has \(depth) inputs; a packed file takes at most \(PackedMatrix.greatestDepth)")
        }
        let panelBytes = PackedMatrix.panelByteCount(precision: weights, depth: depth)
        let panel = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, panelBytes), alignment: 64)
        defer { panel.deallocate() }
        guard let panelStart = panel.baseAddress else { return }
        // The scales follow all panels in the file.
        var scales: [Float] = []
        var panelScales = [Float](repeating: 0, count: PackedMatrix.scaleCount(precision: weights, depth: depth))
        try checkpoint.forEachPiece(
            of: item.name, shape: item.shape, rowsAtATime: PackedMatrix.panelColumns
        ) { (piece) throws(CheckpointError) in
            guard let start = piece.baseAddress else { return }
            let rows = stride(from: 0, to: piece.count, by: max(1, depth)).map { start + $0 }
            panelScales.withUnsafeMutableBufferPointer { buffer in
                PackedMatrix.packPanel(
                    precision: weights, depth: depth, rows: rows, into: panelStart, scales: buffer.baseAddress)
            }
            scales += panelScales
            try writer.append(UnsafeRawBufferPointer(rebasing: panel[..<panelBytes]))
        }
        try scales.withUnsafeBytes { try writer.append($0) }
    }
}
