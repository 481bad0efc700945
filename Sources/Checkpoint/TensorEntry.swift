/// Where a tensor lies in its file, and how. Every entry that a loader hands out has been checked to lie inside the file.
struct TensorEntry: Sendable, Hashable {
    let dataType: DataType
    /// Elements per dimension, outermost first; empty for a scalar.
    let shape: [Int]
    /// Elements to step per dimension, `nil` when the tensor is contiguous in row-major order.
    let strides: [Int]?
    /// Offset of the first element from the start of the file.
    let byteOffset: Int
    /// Number of elements.
    let count: Int
}
