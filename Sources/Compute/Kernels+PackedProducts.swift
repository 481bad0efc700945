import CKernels

extension Kernels {
    /// The most rows of a tile of prepared activations.
    func tileRows(_ precision: WeightPrecision) -> Int {
        withUnsafeBytes(of: table.tile_rows) { $0.load(fromByteOffset: precision.index * 8, as: Int.self) }
    }

    /// Prepares rows of activations as the rows `first` and following, where a tile begins.
    func prepare(
        _ x: UnsafePointer<Float>, stride: Int, rows: Int, at first: Int, into activations: PreparedActivations
    ) {
        withUnsafePointer(to: activations.view) { view in
            table.prepare(activations.precision.identifier, x, stride, rows, activations.depth, view, first)
        }
    }

    /// Some panels of `y = x wᵀ + bias`, or of `y += x wᵀ + bias`, for some rows, the first of which begins a tile and
    /// goes to `y`.
    func multiply(
        _ x: PreparedActivations, rows: Range<Int>, panels: Range<Int>, by w: PackedMatrix,
        bias: UnsafePointer<Float>?, accumulate: Bool, into y: UnsafeMutablePointer<Float>, stride: Int
    ) {
        let product =
            switch w.precision {
            case .float32: table.packed.0
            case .bfloat16: table.packed.1
            case .int8: table.packed.2
            case .int8Grouped: table.packed.3
            }
        withUnsafePointer(to: w.view) { matrix in
            withUnsafePointer(to: x.view) { activations in
                product?(
                    matrix, panels.lowerBound, panels.count, activations, rows.lowerBound, rows.count, bias,
                    accumulate ? 1 : 0, y, stride)
            }
        }
    }

    /// `y = x wᵀ + bias` for weights that are floating point, of rows `stride` apart; activations stay float32.
    func multiplyInPlace(
        _ x: UnsafePointer<Float>, rows: Int, stride: Int, by w: PackedMatrix, bias: UnsafePointer<Float>?,
        into y: UnsafeMutablePointer<Float>
    ) {
        withUnsafePointer(to: w.view) { matrix in
            table.packed_in_place(w.precision.identifier, matrix, x, stride, rows, bias, y, w.columns)
        }
    }
}
