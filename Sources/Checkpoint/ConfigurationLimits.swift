/// Bounds on what a configuration may ask for. They are far above any published checkpoint, and low enough that no product
/// of a few of them overflows `Int`.
enum ConfigurationLimits {
    /// Width of a layer, in channels.
    static let width = 1...1 << 20
    /// Layers of a stack.
    static let layers = 1...1024
    /// Layers of a convolutional stack, whose strides multiply.
    static let convolutionLayers = 1...16
    /// Kernel of a convolution, in frames.
    static let kernel = 1...4096
    /// Kernel of an adapter's convolution. With a wider one transformers counts more frames than there are, and fails.
    static let adapterKernel = 1...3
    /// Stride of a convolution, in frames.
    static let stride = 1...4096
    /// Samples from one frame to the next after several strided convolutions.
    static let hop = 1...1 << 30
    /// Rows of the vocabulary.
    static let vocabulary = 1...1 << 24
    /// Positions the decoder has embeddings for.
    static let positions = 1...1 << 20
}
