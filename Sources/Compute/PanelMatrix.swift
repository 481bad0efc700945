import CKernels

/// A matrix of `columns × depth` weights packed into panels of 16 columns, `[columns / 16][depth][16]`, zero-padded: the
/// layout of the kernel whose left operand may have overlapping rows, as a convolution has.
public final class PanelMatrix: Sendable {
    /// Columns of the product, and the length of the sums.
    public let columns: Int, depth: Int
    private let storage: Matrix

    /// Packs a matrix given by its elements.
    /// - Parameter element: The weight for a column and a depth.
    public init(columns: Int, depth: Int, element: (_ column: Int, _ depth: Int) -> Float) {
        let width = Int(DRAGOMAN_PANEL_COLUMNS)
        let panels = (columns + width - 1) / width
        self.columns = columns
        self.depth = depth
        storage = Matrix(rows: panels * depth, columns: width)
        for panel in 0..<panels {
            for step in 0..<depth {
                let target = storage.row(panel * depth + step)
                for lane in 0..<width {
                    let column = panel * width + lane
                    target[lane] = column < columns ? element(column, step) : 0
                }
            }
        }
    }

    /// `output[m][n] = sum_k input[m * inputStride + k] * self[n][k]`, on the calling thread.
    public func multiply(
        _ input: UnsafePointer<Float>, inputStride: Int, rows: Int, kernels: Kernels,
        into output: UnsafeMutablePointer<Float>, outputStride: Int
    ) {
        kernels.table.panels(input, inputStride, rows, storage.pointer, columns, depth, output, outputStride)
    }
}
