/// A row-major float32 matrix that owns its memory (64-byte aligned, not initialised).
public struct Matrix: ~Copyable, @unchecked Sendable {
    // @unchecked: exclusive ownership; the pool's chunks write disjoint parts of it.

    /// Rows and columns.
    public let rows: Int, columns: Int
    /// The elements, row after row.
    public let pointer: UnsafeMutablePointer<Float>

    /// Allocates a matrix; its contents are undefined.
    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, rows * columns) * MemoryLayout<Float>.stride, alignment: 64)
        pointer = bytes.bindMemory(to: Float.self, capacity: max(1, rows * columns))
    }

    /// Number of elements.
    public var count: Int { rows * columns }

    /// The first element of a row.
    public func row(_ index: Int) -> UnsafeMutablePointer<Float> { pointer + index * columns }

    /// The elements as an array, for tests and diagnostics.
    public func elements() -> [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

    deinit { UnsafeMutableRawPointer(pointer).deallocate() }
}
