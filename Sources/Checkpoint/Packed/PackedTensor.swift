/// A matrix of weights in the kernels' layout, where it is mapped.
public struct PackedTensor: @unchecked Sendable {
    // @unchecked: the mapping is read-only and lives as long as `owner`.

    /// Columns of the product, and inputs of each.
    public let columns: Int, depth: Int
    /// How it is stored; never ``TensorStorage/float32``.
    public let storage: TensorStorage
    /// The panels, see ``TensorStorage``.
    public let panels: UnsafeRawPointer
    /// The scales; `nil` where the storage has none.
    public let scales: UnsafePointer<UInt16>?
    /// What has to be kept alive for the pointers to be valid.
    public let owner: any AnyObject & Sendable
}
