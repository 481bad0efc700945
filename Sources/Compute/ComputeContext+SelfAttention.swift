extension ComputeContext {
    // Query rows whose scores are held at a time: bounds memory to 256 x rows per thread, whatever the length.
    private static let queriesPerChunk = 256

    /// Unmasked multi-head self-attention of one utterance.
    /// - Parameters:
    ///   - queries, keys, values: `rows × (heads * headDimension)`; heads are contiguous slices of a row.
    ///   - scale: Factor of the scores, `headDimension^-0.5`.
    ///   - output: `rows × (heads * headDimension)`.
    public func selfAttention(
        queries: UnsafePointer<Float>, keys: UnsafePointer<Float>, values: UnsafePointer<Float>, rows: Int,
        heads: Int, headDimension: Int, scale: Float, into output: UnsafeMutablePointer<Float>
    ) {
        let width = heads * headDimension
        let blocks = (rows + Self.queriesPerChunk - 1) / Self.queriesPerChunk
        pool.run(chunks: heads * blocks) { chunk in
            let offset = chunk / blocks * headDimension
            let first = chunk % blocks * Self.queriesPerChunk
            let count = min(Self.queriesPerChunk, rows - first)
            let scores = Matrix(rows: count, columns: rows)
            BLAS.multiplyTransposed(
                m: count, n: rows, k: headDimension, a: queries + first * width + offset, lda: width,
                b: keys + offset, ldb: width, accumulate: false, c: scores.pointer, ldc: rows)
            kernels.softmax(scores.pointer, rows: count, columns: rows, stride: rows, scale: scale)
            BLAS.multiply(
                m: count, n: headDimension, k: rows, a: scores.pointer, lda: rows, b: values + offset, ldb: width,
                c: output + first * width + offset, ldc: width)
        }
    }
}
