import Compute

/// Buffers of a decoder step, one row per live beam; kept from step to step.
final class DecoderWorkspace {
    let hidden, normalized, query, key, value, inner: Matrix
    /// Hidden states whose next token is asked for.
    let asking: Matrix
    /// Attention weights of a row.
    let scratch: Matrix
    private let rows: Int
    private let positions: Int
    private let rowPointers: UnsafeMutablePointer<UnsafePointer<Float>?>

    /// - Parameter positions: The most positions a row attends to, tokens or frames.
    init(rows: Int, width: Int, innerWidth: Int, positions: Int) {
        self.rows = rows
        self.positions = positions
        hidden = Matrix(rows: rows, columns: width)
        normalized = Matrix(rows: rows, columns: width)
        query = Matrix(rows: rows, columns: width)
        key = Matrix(rows: rows, columns: width)
        value = Matrix(rows: rows, columns: width)
        inner = Matrix(rows: rows, columns: innerWidth)
        asking = Matrix(rows: rows, columns: width)
        scratch = Matrix(rows: rows, columns: positions)
        rowPointers = .allocate(capacity: max(1, 2 * rows * positions))
        rowPointers.initialize(repeating: nil, count: max(1, 2 * rows * positions))
    }

    /// Room for the key and value rows that a row attends to.
    func pointers(
        row: Int
    ) -> (keys: UnsafeMutablePointer<UnsafePointer<Float>?>, values: UnsafeMutablePointer<UnsafePointer<Float>?>) {
        (rowPointers + 2 * row * positions, rowPointers + (2 * row + 1) * positions)
    }

    func suits(rows: Int, positions: Int) -> Bool { rows <= self.rows && positions <= self.positions }

    deinit { rowPointers.deallocate() }
}
