/// A pointwise activation, by what it computes.
public enum Activation: String, Sendable, Hashable, CaseIterable {
    /// 0.5·x·(1 + erf(x / √2)), the exact form.
    case gelu
    /// 0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
    case geluTanh
    /// max(0, x).
    case relu
    /// x·sigmoid(x), also known as swish.
    case silu

    /// Looks an activation up by the name Hugging Face gives it (`ACT2FN` in `transformers/activations.py`).
    init?(configurationName: String) {
        switch configurationName {
        case "gelu", "gelu_python": self = .gelu
        case "gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh": self = .geluTanh
        case "relu": self = .relu
        case "silu", "swish": self = .silu
        default: return nil
        }
    }
}
