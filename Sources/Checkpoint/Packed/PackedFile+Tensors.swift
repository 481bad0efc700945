import Platform

extension PackedFile {
    /// A tensor that is stored as float32.
    func float32Tensor(_ name: String, shape: [Int]) throws(CheckpointError) -> Float32Tensor {
        let tensor = try required(name, shape: shape)
        guard tensor.storage == .float32, let start = bytes(tensor.weights).baseAddress else {
            throw CheckpointError(
                .unsupportedDataType,
                "\(file.path): tensor \"\(name)\" is stored as \(tensor.storage.rawValue); expected "
                    + TensorStorage.float32.rawValue)
        }
        return Float32Tensor(
            name: name, shape: shape, count: tensor.weights.size / 4,
            pointer: start.assumingMemoryBound(to: Float.self), owner: file)
    }

    /// A matrix or convolution that is stored in panels; `nil` where it is not.
    func matrix(_ name: String, shape: [Int]) throws(CheckpointError) -> PackedTensor? {
        guard self.tensor(name) != nil else { return nil }
        let tensor = try required(name, shape: shape)
        guard tensor.storage != .float32, let panels = bytes(tensor.weights).baseAddress else {
            return nil
        }
        let scales = tensor.scales.size == 0 ? nil : bytes(tensor.scales).baseAddress
        return PackedTensor(
            columns: shape[0], depth: shape.dropFirst().reduce(1, *), storage: tensor.storage, panels: panels,
            scales: scales?.assumingMemoryBound(to: UInt16.self), owner: file)
    }

    private func required(_ name: String, shape: [Int]) throws(CheckpointError) -> PackedHeader.Tensor {
        guard let tensor = tensor(name) else {
            throw CheckpointError(
                .missingTensor, "\(file.path): no tensor \"\(name)\"; expected one of shape \(shape)")
        }
        guard tensor.shape == shape else {
            throw CheckpointError(
                .shapeMismatch, "\(file.path): tensor \"\(name)\" has shape \(tensor.shape); expected \(shape)")
        }
        return tensor
    }
}
