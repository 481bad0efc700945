extension ComputeContext {
    private static let rowsPerChunk = 16

    /// Layer normalisation of all rows of a matrix. `output` may be `input`.
    public func layerNorm(
        _ input: UnsafePointer<Float>, rows: Int, width: Int, weight: UnsafePointer<Float>,
        bias: UnsafePointer<Float>, epsilon: Float, into output: UnsafeMutablePointer<Float>
    ) {
        forEachBlock(rows: rows) { first, count in
            kernels.layerNorm(
                input + first * width, rows: count, width: width, weight: weight, bias: bias, epsilon: epsilon,
                into: output + first * width)
        }
    }

    /// An activation on all elements, in place.
    public func activate(
        _ activation: ActivationFunction, _ x: UnsafeMutablePointer<Float>, rows: Int, width: Int
    ) {
        forEachBlock(rows: rows) { first, count in
            kernels.activate(activation, x + first * width, count: count * width)
        }
    }

    /// Gated linear unit over rows of `2 * columns` elements.
    public func gated(
        _ input: UnsafePointer<Float>, rows: Int, columns: Int, into output: UnsafeMutablePointer<Float>
    ) {
        forEachBlock(rows: rows) { first, count in
            kernels.gated(
                input + first * 2 * columns, rows: count, columns: columns, into: output + first * columns)
        }
    }

    private func forEachBlock(rows: Int, _ body: (_ first: Int, _ count: Int) -> Void) {
        let size = Self.rowsPerChunk
        pool.run(chunks: (rows + size - 1) / size) { chunk in
            body(chunk * size, min(size, rows - chunk * size))
        }
    }
}
