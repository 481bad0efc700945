import Checkpoint

/// What the weights of a model are converted to.
public enum PackingPrecision: String, Sendable, CaseIterable {
    /// Float32 everywhere.
    case float32 = "f32"
    /// The layers in bfloat16.
    case bfloat16 = "bf16"
    /// The layers in eight bits, but for the positional convolution, which stays in bfloat16.
    case int8
    /// Eight bits where that has been measured to do, bfloat16 elsewhere.
    case mixed

    /// How results name it.
    public var inResults: String {
        switch self {
        case .float32: "float32"
        case .bfloat16: "bfloat16"
        case .int8, .mixed: rawValue
        }
    }

    /// How the weights of a part of the network are stored.
    func storage(for role: TensorInventory.Role) -> TensorStorage {
        switch (self, role) {
        // Costs next to nothing, and all else depends on it.
        case (_, .signal), (.float32, _): .float32Panels
        case (.bfloat16, _), (.int8, .positional): .bfloat16Panels
        case (.int8, _), (.mixed, .decoder), (.mixed, .vocabulary): .int8Group32Panels
        case (.mixed, .convolution), (.mixed, .positional), (.mixed, .encoder), (.mixed, .adapter): .bfloat16Panels
        }
    }
}
