import Checkpoint
import Compute

/// The matrix of a linear layer, `outputs × inputs`, in either of the forms a checkpoint has it in.
enum LinearWeight: Sendable {
    /// Row-major, as published.
    case float32(Float32Tensor)
    /// In the kernels' layout.
    case packed(PackedMatrix)

    init(_ checkpoint: Checkpoint, _ name: String, inputs: Int, outputs: Int) throws {
        if let packed = try PackedMatrix(checkpoint, name, shape: [outputs, inputs]) {
            self = .packed(packed)
        } else {
            self = .float32(try checkpoint.tensor(name, shape: [outputs, inputs]))
        }
    }
}

extension PackedMatrix {
    /// A matrix of a packed file, where it is mapped; `nil` for other checkpoints.
    /// - Parameter shape: Outputs and inputs of a linear layer; outputs, channels and taps of a convolution.
    init?(_ checkpoint: Checkpoint, _ name: String, shape: [Int]) throws {
        guard let tensor = try checkpoint.packedMatrix(name, shape: shape) else { return nil }
        // More would overflow the integer kernels' sums.
        guard tensor.depth <= PackedMatrix.greatestDepth else {
            throw SpeechTranslationError(
                .unusableModel,
                "packed tensor \(name) has \(tensor.depth) inputs; expected at most \(PackedMatrix.greatestDepth)")
        }
        self.init(
            precision: WeightPrecision(panels: tensor.storage) ?? .float32, columns: tensor.columns,
            depth: tensor.depth, panels: tensor.panels, scales: tensor.scales, owner: tensor.owner)
    }
}

extension WeightPrecision {
    /// The precision of panels; `nil` for what is not stored in panels.
    init?(panels storage: TensorStorage) {
        switch storage {
        case .float32: return nil
        case .float32Panels: self = .float32
        case .bfloat16Panels: self = .bfloat16
        case .int8Panels: self = .int8
        case .int8Group32Panels: self = .int8Grouped
        }
    }
}
