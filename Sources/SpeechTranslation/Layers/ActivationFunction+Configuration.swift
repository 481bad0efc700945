import Checkpoint
import Compute

extension ActivationFunction {
    /// The function a configuration names.
    init(_ activation: Activation) {
        self =
            switch activation {
            case .gelu: .gelu
            case .geluTanh: .geluTanh
            case .relu: .relu
            case .silu: .silu
            }
    }
}
