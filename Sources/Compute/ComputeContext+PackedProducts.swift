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

    /// Prepares rows of activations, in the context's own memory, for what `body` does with them: products with
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
        let tileRows = x.view.tile_rows
        let rowsPerBlock = max(1, Self.rowsPerChunk / tileRows) * tileRows
        let blocks = (x.rows + rowsPerBlock - 1) / rowsPerBlock
        let panelBytes = max(1, PackedMatrix.panelByteCount(precision: w.precision, depth: w.depth))
        let width =
            x.rows > 2 * tileRows ? Self.panelsPerChunk : max(1, Self.weightBytesPerChunk / panelBytes)
        let strips = (w.panelCount + width - 1) / width
        pool.run(chunks: blocks * strips) { chunk in
            let first = chunk / strips * rowsPerBlock
            let panels = chunk % strips * width..<min(chunk % strips * width + width, w.panelCount)
            kernels.multiply(
                x, rows: first..<min(first + rowsPerBlock, x.rows), panels: panels, by: w, bias: bias,
                accumulate: accumulate, into: y + first * w.columns, stride: w.columns)
        }
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
}
