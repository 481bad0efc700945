import Compute

/// Keys and values of the encoder's frames for every decoder layer, computed once per utterance and shared by its beams.
final class CrossAttentionMemory {
    /// Frames.
    let count: Int
    private let layers: Int
    private let storage: Matrix
    // Row pointers as the attention kernel takes them: keys of layer 0, values of layer 0, keys of layer 1 …
    private let rowPointers: UnsafeMutablePointer<UnsafePointer<Float>?>

    init(_ encoded: borrowing Matrix, layers: [DecoderLayer], _ compute: ComputeContext) {
        count = encoded.rows
        self.layers = layers.count
        let width = encoded.columns
        let count = count
        storage = Matrix(rows: 2 * layers.count * count, columns: width)
        rowPointers = .allocate(capacity: max(1, 2 * layers.count * count))
        for row in 0..<2 * layers.count * count { (rowPointers + row).initialize(to: UnsafePointer(storage.row(row))) }
        for (index, layer) in layers.enumerated() {
            layer.crossAttention.projections.key.apply(
                encoded.pointer, rows: count, into: storage.row(2 * index * count), compute)
            layer.crossAttention.projections.value.apply(
                encoded.pointer, rows: count, into: storage.row((2 * index + 1) * count), compute)
        }
    }

    func keys(layer: Int) -> UnsafePointer<UnsafePointer<Float>?> { UnsafePointer(rowPointers + 2 * layer * count) }

    func values(layer: Int) -> UnsafePointer<UnsafePointer<Float>?> {
        UnsafePointer(rowPointers + (2 * layer + 1) * count)
    }

    deinit { rowPointers.deallocate() }
}
