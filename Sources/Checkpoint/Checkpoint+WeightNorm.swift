extension Checkpoint {
    /// The two factors of a weight-normalised convolution whose norm is taken per tap (`dim=2`): magnitude `g`, of shape
    /// `[1, 1, taps]`, and direction `v`, under PyTorch's present names or those from before 2.0.
    /// - Parameters:
    ///   - prefix: The convolution's name, without the dot.
    ///   - shape: Shape of `v`: `[output channels, input channels per group, taps]`.
    public func weightNorm(
        _ prefix: String, shape: [Int]
    ) throws(CheckpointError) -> (g: Float32Tensor, v: Float32Tensor) {
        let (magnitude, direction) = weightNormNames(prefix)
        return (try tensor(magnitude, shape: [1, 1] + shape.suffix(1)), try tensor(direction, shape: shape))
    }

    /// The names of the two factors.
    public func weightNormNames(_ prefix: String) -> (magnitude: String, direction: String) {
        let present = prefix + ".parametrizations.weight.original"
        if !contains(present + "0"), contains(prefix + ".weight_g") {
            return (prefix + ".weight_g", prefix + ".weight_v")
        }
        return (present + "0", present + "1")
    }
}
