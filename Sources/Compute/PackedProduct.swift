/// One of several products with the same activations.
public struct PackedProduct {
    let weight: PackedMatrix
    let bias: UnsafePointer<Float>?
    let output: UnsafeMutablePointer<Float>

    /// - Parameters:
    ///   - bias: As many elements as the weights have columns.
    ///   - output: Rows of as many elements.
    public init(weight: PackedMatrix, bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>) {
        self.weight = weight
        self.bias = bias
        self.output = output
    }
}
