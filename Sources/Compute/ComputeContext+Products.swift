import CKernels

extension ComputeContext {
    // Columns of a product that one chunk of work computes. Fixed, so that results do not depend on the thread count.
    private static let columnsPerChunk = 256
    private static let fewRowsColumnsPerChunk = 64

    /// `y = x wᵀ + bias`, or `y += x wᵀ + bias`, by OpenBLAS: for one utterance at a time, since its kernels may give
    /// other bits for other row counts.
    /// - Parameters:
    ///   - x: `rows × k`.
    ///   - w: `columns × k`, as linear layers are stored.
    ///   - bias: `columns` elements.
    ///   - y: `rows × columns`.
    public func multiply(
        _ x: UnsafePointer<Float>, rows: Int, k: Int, by w: UnsafePointer<Float>, columns: Int,
        bias: UnsafePointer<Float>?, accumulate: Bool = false, into y: UnsafeMutablePointer<Float>
    ) {
        let width = Self.columnsPerChunk
        pool.run(chunks: (columns + width - 1) / width) { chunk in
            let first = chunk * width
            let count = min(width, columns - first)
            if let bias { Self.placeBias(bias + first, count, y + first, rows, columns, accumulate) }
            BLAS.multiplyTransposed(
                m: rows, n: count, k: k, a: x, lda: k, b: w + first * k, ldb: k,
                accumulate: accumulate || bias != nil, c: y + first, ldc: columns)
        }
    }

    /// As ``multiply(_:rows:k:by:columns:bias:accumulate:into:)``, on the calling thread only.
    public func multiplySerially(
        _ x: UnsafePointer<Float>, rows: Int, k: Int, by w: UnsafePointer<Float>, columns: Int,
        bias: UnsafePointer<Float>?, into y: UnsafeMutablePointer<Float>
    ) {
        if let bias { Self.placeBias(bias, columns, y, rows, columns, false) }
        BLAS.multiplyTransposed(
            m: rows, n: columns, k: k, a: x, lda: k, b: w, ldb: k, accumulate: bias != nil, c: y, ldc: columns)
    }

    /// `y = x wᵀ + bias`, or `y += x wᵀ + bias`, by the kernels for few rows: `w` is read once, and a row's result does
    /// not depend on the rows beside it.
    public func multiplyFewRows(
        _ x: UnsafePointer<Float>, rows: Int, k: Int, by w: UnsafePointer<Float>, columns: Int,
        bias: UnsafePointer<Float>?, accumulate: Bool = false, into y: UnsafeMutablePointer<Float>
    ) {
        let width = Self.fewRowsColumnsPerChunk
        pool.run(chunks: (columns + width - 1) / width) { chunk in
            let first = chunk * width
            kernels.table.few_rows(
                x, k, rows, w + first * k, k, min(width, columns - first), k, bias.map { $0 + first },
                accumulate ? 1 : 0, y + first, columns)
        }
    }

    /// `y = x wᵀ` for few rows on the calling thread only; `w` holds `columns` rows of `k` elements.
    public func multiplyFewRowsSerially(
        _ x: UnsafePointer<Float>, rows: Int, k: Int, by w: UnsafePointer<Float>, columns: Int,
        into y: UnsafeMutablePointer<Float>
    ) {
        kernels.table.few_rows(x, k, rows, w, k, columns, k, nil, 0, y, columns)
    }

    private static func placeBias(
        _ bias: UnsafePointer<Float>, _ count: Int, _ y: UnsafeMutablePointer<Float>, _ rows: Int, _ stride: Int,
        _ accumulate: Bool
    ) {
        for row in 0..<rows {
            let target = y + row * stride
            if accumulate {
                for column in 0..<count { target[column] += bias[column] }
            } else {
                target.update(from: bias, count: count)
            }
        }
    }
}
