extension TensorEntry {
    /// Locates a tensor of a PyTorch archive.
    ///
    /// `nil` unless the storage has exactly the bytes the pickle says and every element the strides can reach lies inside
    /// it. A tensor with more elements than its storage (an expanded one) is refused, since it would have to be copied
    /// and its size is up to the file.
    /// - Parameter storage: File offsets of the storage's entry.
    init?(_ tensor: TorchTensor, storage: Range<Int>) {
        let elementByteCount = tensor.storage.dataType.byteCount
        guard
            CheckedArithmetic.product([tensor.storage.count, elementByteCount]) == storage.count,
            let count = CheckedArithmetic.product(tensor.shape), count <= tensor.storage.count,
            0...tensor.storage.count ~= tensor.offset,
            let reach = Self.reach(tensor), reach <= tensor.storage.count - tensor.offset
        else { return nil }
        self.init(
            dataType: tensor.storage.dataType,
            shape: tensor.shape,
            strides: Self.isContiguous(tensor) ? nil : tensor.strides,
            byteOffset: storage.lowerBound + tensor.offset * elementByteCount,
            count: count)
    }

    /// How many elements of the storage, from the offset on, the tensor spans: 1 + Σ (size − 1) · stride, 0 when empty.
    private static func reach(_ tensor: TorchTensor) -> Int? {
        guard !tensor.shape.contains(0) else { return 0 }
        var reach = 1
        for (size, stride) in zip(tensor.shape, tensor.strides) {
            guard
                let distance = CheckedArithmetic.product([size - 1, stride]),
                let sum = CheckedArithmetic.sum(reach, distance)
            else { return nil }
            reach = sum
        }
        return reach
    }

    /// Whether elements lie in row-major order without gaps; the stride of a dimension of size one does not matter.
    private static func isContiguous(_ tensor: TorchTensor) -> Bool {
        var expected = 1
        for (size, stride) in zip(tensor.shape, tensor.strides).reversed() where size != 1 {
            guard stride == expected else { return false }
            expected *= size  // no overflow: the product of all sizes has been checked
        }
        return true
    }
}
