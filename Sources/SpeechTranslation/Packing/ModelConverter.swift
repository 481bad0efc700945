import Checkpoint
import Compute

/// Writes a checkpoint as one packed file, a panel at a time: memory does not grow with the model.
public struct ModelConverter: Sendable {
    private let checkpoint: Checkpoint
    private let precision: PackingPrecision
    private let vocabulary: VocabularyShortlist?
    private let inventory: TensorInventory
    private var otherStorage: @Sendable (_ tensor: String) -> TensorStorage? = { _ in nil }

    /// - Parameters:
    ///   - checkpoint: one in a directory, as published.
    ///   - vocabulary: the tokens to keep; `nil` for all.
    public init(_ checkpoint: Checkpoint, precision: PackingPrecision, vocabulary: VocabularyShortlist? = nil) {
        self.checkpoint = checkpoint
        self.precision = precision
        self.vocabulary = vocabulary
        inventory = TensorInventory(checkpoint, vocabularySize: vocabulary?.tokens.count)
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
    ///   - progress: called time and again, with how far it is.
    /// - Returns: The digest of its contents.
    /// - Throws: `CheckpointError`, for a tensor that is missing or a file that can't be written.
    public func write(
        to path: String, producer: String, progress: (ConversionProgress) throws -> Void = { _ in }
    ) throws -> String {
        guard checkpoint.packedPrecision == nil else {
            throw SpeechTranslationError(
                .unusableModel,
                "\(checkpoint.path) is a packed file, which can't be converted again: give the checkpoint's folder")
        }
        // All of the checkpoint is read for its digest first; the file names it before the weights.
        _ = try checkpoint.digest { done, count in try progress(.reading(done: done, count: count)) }
        let tensors = inventory.items.map { item in
            PackedFileWriter.Tensor(name: item.name, shape: item.shape, storage: storage(of: item))
        }
        var writer = try PackedFileWriter.begin(
            path: path, checkpoint: checkpoint, precision: precision.rawValue, producer: producer,
            vocabulary: vocabulary?.tokens, tensors: tensors)
        let source = try WeightSource(checkpoint, vocabulary: vocabulary, rebalances: precision != .float32)
        for (index, item) in inventory.items.enumerated() {
            try write(item, from: source, to: &writer)
            try progress(.writing(done: index + 1, count: inventory.items.count))
        }
        return try writer.finish()
    }

    private func storage(of item: TensorInventory.Item) -> TensorStorage {
        item.role.map { otherStorage(item.name) ?? precision.storage(for: $0) } ?? .float32
    }

    private func write(_ item: TensorInventory.Item, from source: WeightSource, to writer: inout PackedFileWriter)
        throws
    {
        guard let precision = WeightPrecision(panels: storage(of: item)) else {
            return try source.forEachPiece(of: item) { (piece) throws(CheckpointError) in
                try writer.append(UnsafeRawBufferPointer(piece))
            }
        }
        let depth = item.shape.dropFirst().reduce(1, *)
        guard depth <= PackedMatrix.greatestDepth else {
            throw SpeechTranslationError(
                .unusableModel,
                "tensor \(item.name) has \(depth) inputs; a packed file takes at most \(PackedMatrix.greatestDepth)")
        }
        let packer = PanelPacker(precision: precision, depth: depth)
        try source.forEachPanel(of: item) { (rows) throws(CheckpointError) in
            try writer.append(packer.pack(rows))
        }
        // They follow all panels in the file.
        try packer.scales.withUnsafeBytes { try writer.append($0) }
    }
}
