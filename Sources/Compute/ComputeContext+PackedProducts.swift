import CKernels
import Synchronization

// Every output element is one chain of sums over the depth, whatever the tile, block, chunk and thread it falls into: a
// row's result has the same bits alone and among others.
extension ComputeContext {
    // Weights that a thread reads at a time when rows are few; rows and panels that it multiplies when they are many.
    private static let weightBytesPerChunk = 256 << 10
    private static let rowsPerChunk = Int(DRAGOMAN_BLOCK_ROWS)
    private static let panelsPerChunk = Int(DRAGOMAN_PANELS_TOGETHER)
    private static let rowsPerPreparation = 24

    /// `y = x wᵀ + bias`, or `y += x wᵀ + bias`, for any number of rows.
    /// - Parameters:
    ///   - x: `rows × w.depth`.
    ///   - stride: From a row of `x` to the next, which may overlap; `w.depth` if `nil`.
    ///   - bias: `w.columns` elements.
    ///   - y: `rows × w.columns`.
    public func multiply(
        _ x: UnsafePointer<Float>, rows: Int, stride: Int? = nil, by w: PackedMatrix, bias: UnsafePointer<Float>?,
        accumulate: Bool = false, into y: UnsafeMutablePointer<Float>
    ) {
        withPrepared(x, rows: rows, stride: stride, depth: w.depth, precision: w.precision) { activations in
            multiply(activations, by: w, bias: bias, accumulate: accumulate, into: y)
        }
    }

    /// Prepares rows of activations, in the context's own memory, for what `body` does with them. That memory is taken
    /// meanwhile: `body` may prepare nothing else. It may use
    /// ``multiply(_:by:bias:accumulate:into:)`` and ``multiplySerially(_:panels:by:bias:into:stride:)``.
    public func withPrepared(
        _ x: UnsafePointer<Float>, rows: Int, stride: Int? = nil, depth: Int, precision: WeightPrecision,
        _ body: (PreparedActivations) -> Void
    ) {
        activations.withLock { activations in
            prepare(x, rows: rows, stride: stride, depth: depth, precision: precision, into: activations)
            body(activations)
        }
    }

    /// Prepares rows of activations for products with several matrices of a precision, on all threads if they are many.
    public func prepare(
        _ x: UnsafePointer<Float>, rows: Int, stride: Int? = nil, depth: Int, precision: WeightPrecision,
        into activations: PreparedActivations
    ) {
        activations.reserve(rows: rows, depth: depth, precision: precision, kernels: kernels)
        let stride = stride ?? depth
        let tileRows = activations.view.tile_rows
        let size = max(1, Self.rowsPerPreparation / tileRows) * tileRows
        pool.run(chunks: (rows + size - 1) / size) { chunk in
            let first = chunk * size
            kernels.prepare(
                x + first * stride, stride: stride, rows: min(size, rows - first), at: first, into: activations)
        }
    }

    /// As ``prepare(_:rows:stride:depth:precision:into:)``, on the calling thread only.
    public func prepareSerially(
        _ x: UnsafePointer<Float>, rows: Int, stride: Int? = nil, depth: Int, precision: WeightPrecision,
        into activations: PreparedActivations
    ) {
        activations.reserve(rows: rows, depth: depth, precision: precision, kernels: kernels)
        kernels.prepare(x, stride: stride ?? depth, rows: rows, at: 0, into: activations)
    }

    /// `y = x wᵀ + bias`, or `y += x wᵀ + bias`, of activations that are prepared for `w`'s precision and depth.
    public func multiply(
        _ x: PreparedActivations, by w: PackedMatrix, bias: UnsafePointer<Float>?, accumulate: Bool = false,
        into y: UnsafeMutablePointer<Float>
    ) {
        let plan = plan(x, w)
        pool.run(chunks: plan.chunks) { chunk in
            multiply(x, by: w, bias: bias, accumulate: accumulate, into: y, plan, chunk: chunk)
        }
    }

    /// `y = x wᵀ + bias` for three matrices of the same shape and precision, in one go: threads meet once.
    public func multiply(_ x: PreparedActivations, by products: (PackedProduct, PackedProduct, PackedProduct)) {
        let plan = plan(x, products.0.weight)
        pool.run(chunks: 3 * plan.chunks) { chunk in
            let product =
                switch chunk / plan.chunks {
                case 0: products.0
                case 1: products.1
                default: products.2
                }
            multiply(
                x, by: product.weight, bias: product.bias, accumulate: false, into: product.output, plan,
                chunk: chunk % plan.chunks)
        }
    }

    /// How a product is cut into chunks.
    private struct Plan {
        let rowsPerBlock: Int, panelsPerStrip: Int
        let strips: Int
        let chunks: Int
    }

    private func plan(_ x: PreparedActivations, _ w: PackedMatrix) -> Plan {
        let tileRows = x.view.tile_rows
        let rowsPerBlock = max(1, Self.rowsPerChunk / tileRows) * tileRows
        let panelBytes = max(1, PackedMatrix.panelByteCount(precision: w.precision, depth: w.depth))
        let width = x.rows > 2 * tileRows ? Self.panelsPerChunk : max(1, Self.weightBytesPerChunk / panelBytes)
        let strips = (w.panelCount + width - 1) / width
        return Plan(
            rowsPerBlock: rowsPerBlock, panelsPerStrip: width, strips: strips,
            chunks: (x.rows + rowsPerBlock - 1) / rowsPerBlock * strips)
    }

    private func multiply(
        _ x: PreparedActivations, by w: PackedMatrix, bias: UnsafePointer<Float>?, accumulate: Bool,
        into y: UnsafeMutablePointer<Float>, _ plan: Plan, chunk: Int
    ) {
        let row = chunk / plan.strips * plan.rowsPerBlock
        let panel = chunk % plan.strips * plan.panelsPerStrip
        kernels.multiply(
            x, rows: row..<min(row + plan.rowsPerBlock, x.rows),
            panels: panel..<min(panel + plan.panelsPerStrip, w.panelCount), by: w, bias: bias,
            accumulate: accumulate, into: y + row * w.columns, stride: w.columns)
    }

    /// Some panels of `y = x wᵀ`, that is columns `32 * panels.lowerBound` and following, on the calling thread.
    /// - Parameters:
    ///   - y: Where the first row's first of these columns goes.
    ///   - stride: From a row of `y` to the next.
    public func multiplySerially(
        _ x: PreparedActivations, panels: Range<Int>, by w: PackedMatrix, bias: UnsafePointer<Float>? = nil,
        into y: UnsafeMutablePointer<Float>, stride: Int
    ) {
        kernels.multiply(
            x, rows: 0..<x.rows, panels: panels, by: w, bias: bias, accumulate: false,
            into: y - panels.lowerBound * PackedMatrix.panelColumns, stride: stride)
    }

    /// `y = x wᵀ + bias` of rows that may overlap, on the calling thread: for sums so long that preparing the rows would
    /// cost as much as the product.
    /// - Parameter stride: From a row of `x` to the next.
    public func multiplyInPlaceSerially(
        _ x: UnsafePointer<Float>, rows: Int, stride: Int, by w: PackedMatrix, bias: UnsafePointer<Float>? = nil,
        into y: UnsafeMutablePointer<Float>
    ) {
        if w.precision == .float32 || w.precision == .bfloat16 && w.depth % 2 == 0 {
            kernels.multiplyInPlace(x, rows: rows, stride: stride, by: w, bias: bias, into: y)
        } else {
            let activations = PreparedActivations()
            prepareSerially(x, rows: rows, stride: stride, depth: w.depth, precision: w.precision, into: activations)
            kernels.multiply(
                activations, rows: 0..<rows, panels: 0..<w.panelCount, by: w, bias: bias, accumulate: false, into: y,
                stride: w.columns)
        }
    }
}
