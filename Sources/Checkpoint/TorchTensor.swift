/// A tensor's storage as the pickle names it: raw elements in the archive's entry `data/<key>`.
struct TorchStorage: Sendable, Hashable {
    let dataType: DataType
    let key: String
    /// Number of elements.
    let count: Int
}

/// A tensor as the pickle describes it: a view of a storage. Offsets and strides count elements.
struct TorchTensor: Sendable, Hashable {
    let storage: TorchStorage
    let offset: Int
    let shape: [Int]
    let strides: [Int]
}
