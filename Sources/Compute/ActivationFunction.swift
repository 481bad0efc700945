/// The activations that occur in wav2vec 2.0 and mBART configurations.
public enum ActivationFunction: Sendable, Hashable {
    /// `x * 0.5 * (1 + erf(x / sqrt(2)))`, exact.
    case gelu
    /// The tanh approximation of GELU.
    case geluTanh
    /// `max(x, 0)`.
    case relu
    /// `x * sigmoid(x)`, also called swish.
    case silu
}
