import CKernels

/// Rows of activations in the form the products with packed weights take them: quantised where the weights are,
/// and in bfloat16 where the processor multiplies that.
///
/// Prepared once, they serve any number of matrices of the same precision and depth. The memory is kept and grows as
/// needed: reused, preparing allocates nothing.
public final class PreparedActivations: @unchecked Sendable {
    // @unchecked: written by `prepare` only, which its caller does not run beside products that read it.

    /// Rows prepared last, and their length.
    public private(set) var rows = 0, depth = 0
    /// The precision of the weights they are for.
    public private(set) var precision = WeightPrecision.float32

    private(set) var view = dragoman_activations(tile_rows: 1, elements: nil, scales: nil, corrections: nil)
    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    /// Nothing yet.
    public init() {}

    deinit { memory.deallocate() }

    /// Makes room; the rows themselves are prepared by ``Kernels/prepare(_:stride:rows:at:into:)``.
    func reserve(rows: Int, depth: Int, precision: WeightPrecision, kernels: Kernels) {
        self.rows = rows
        self.depth = depth
        self.precision = precision
        let scaleCount = precision.scaledDepth(of: depth).map { rows * max(1, (depth + $0 - 1) / $0) } ?? 0
        let elementBytes = 4 * kernels.table.activation_words(precision.identifier, depth) * rows
        let needed = elementBytes + 2 * 4 * scaleCount
        if memory.count < needed {
            memory.deallocate()
            memory = .allocate(byteCount: needed, alignment: 64)
        }
        // As few tiles as possible, of about the same size.
        let tileRows = kernels.tileRows(precision)
        let tiles = max(1, (rows + tileRows - 1) / tileRows)
        view.tile_rows = max(1, (rows + tiles - 1) / tiles)
        guard let base = memory.baseAddress else { return }
        view.elements = base.assumingMemoryBound(to: Int32.self)
        view.scales = (base + elementBytes).assumingMemoryBound(to: Float.self)
        view.corrections = (base + elementBytes + 4 * scaleCount).assumingMemoryBound(to: Int32.self)
    }
}
