extension Checkpoint {
    /// The two factors of a weight-normalised convolution whose norm is taken per tap (`dim=2`): magnitude `g`, of shape
    /// `[1, 1, taps]`, and direction `v`, under PyTorch's present names or those from before 2.0.
    /// - Parameters:
    ///   - prefix: The convolution's name, without the dot.
    ///   - shape: Shape of `v`: `[output channels, input channels per group, taps]`.
    public func weightNorm(
        _ prefix: String, shape: [Int]
    ) throws(CheckpointError) -> (g: Float32Tensor, v: Float32Tensor) {
        let magnitudeShape = [1, 1] + shape.suffix(1)
        let present = prefix + ".parametrizations.weight.original"
        if !contains(present + "0"), contains(prefix + ".weight_g") {
            return (
                try tensor(prefix + ".weight_g", shape: magnitudeShape), try tensor(prefix + ".weight_v", shape: shape)
            )
        }
        return (try tensor(present + "0", shape: magnitudeShape), try tensor(present + "1", shape: shape))
    }
}
