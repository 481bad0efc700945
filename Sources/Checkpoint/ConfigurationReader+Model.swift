extension ConfigurationReader {
    /// A whole number that divides a size without remainder, such as the heads of an attention layer.
    func divisor(
        _ field: String, of size: Int, named sizeName: String, default defaultValue: Int
    ) throws(CheckpointError) -> Int {
        let divisor = try integer(field, in: 1...size) ?? defaultValue
        guard size.isMultiple(of: divisor) else {
            throw CheckpointError(
                .invalidConfiguration, "\(location(field)) is \(divisor); expected a divisor of \(sizeName), \(size)")
        }
        return divisor
    }

    /// The epsilon of a normalisation: small and positive.
    func epsilon(_ field: String, default defaultValue: Float) throws(CheckpointError) -> Float {
        guard let value = try number(field) else { return defaultValue }
        guard value > 0, value < 1, Float(value) > 0 else { throw failure(field, expected: "a number between 0 and 1") }
        return Float(value)
    }

    /// An activation the engine has.
    func activation(_ field: String, default defaultValue: Activation) throws(CheckpointError) -> Activation {
        guard let name = try string(field) else { return defaultValue }
        guard let activation = Activation(configurationName: name) else {
            throw failure(
                .unsupportedConfiguration, field, expected: "gelu, gelu_new, gelu_pytorch_tanh, relu, silu or swish")
        }
        return activation
    }
}
