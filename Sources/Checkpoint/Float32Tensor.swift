/// A read-only float32 tensor in row-major order. It keeps the memory it points into alive, be that a mapped file or
/// widened values.
public struct Float32Tensor: @unchecked Sendable {
    // @unchecked: the elements are never written after the tensor exists, and `owner` is Sendable itself.

    /// The name it has in the checkpoint.
    public let name: String
    /// Elements per dimension, outermost first.
    public let shape: [Int]
    /// Number of elements.
    public let count: Int
    /// The first element; valid for as long as this value, or a copy of it, lives.
    public let pointer: UnsafePointer<Float>

    private let owner: any AnyObject & Sendable

    init(name: String, shape: [Int], count: Int, pointer: UnsafePointer<Float>, owner: any AnyObject & Sendable) {
        self.name = name
        self.shape = shape
        self.count = count
        self.pointer = pointer
        self.owner = owner
    }

    /// All elements.
    public var elements: UnsafeBufferPointer<Float> { UnsafeBufferPointer(start: pointer, count: count) }
}
