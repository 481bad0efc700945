import Checkpoint

/// What the weights of a model are converted to.
public enum PackingPrecision: String, Sendable, CaseIterable {
    /// Float32 everywhere.
    case float32 = "f32"
    /// The layers in bfloat16.
    case bfloat16 = "bf16"
    /// Eight bits wherever a layer's speed matters more than the last of its accuracy; bfloat16 in the encoder's front end,
    /// on whose errors everything else builds.
    case int8
    /// Eight bits where measuring has shown that it costs next to nothing: in the decoder, where a step reads every weight,
    /// and in the encoder's feed-forward layers. Bfloat16 elsewhere. What to use unless there is a reason.
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
        case (.bfloat16, _): .bfloat16Panels
        case (_, .convolution), (_, .positional), (_, .featureProjection): .bfloat16Panels
        case (_, .feedForward), (_, .decoder), (_, .vocabulary): .int8Group32Panels
        case (.int8, .attention), (.int8, .adapter): .int8Group32Panels
        case (.mixed, .attention), (.mixed, .adapter): .bfloat16Panels
        }
    }
}
