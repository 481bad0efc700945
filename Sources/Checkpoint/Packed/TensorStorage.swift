/// How a packed file stores a tensor; see ``PackedFormat``.
public enum TensorStorage: String, Sendable, Hashable, CaseIterable {
    /// Float32, row-major.
    case float32 = "f32"
    /// Panels of float32.
    case float32Panels = "panels-f32"
    /// Panels of bfloat16.
    case bfloat16Panels = "panels-bf16"
    /// Panels of 8-bit weights, a scale for each column.
    case int8Panels = "panels-int8"
    /// Panels of 8-bit weights, a scale for each column and group of 32 inputs.
    case int8Group32Panels = "panels-int8-group32"

    static let panelColumns = 32
    static let stepByteCount = 128
    static let groupDepth = 32

    /// Inputs whose weights share a step, 4 bytes of each column; `nil` where there are no panels.
    var inputsPerStep: Int? {
        switch self {
        case .float32: nil
        case .float32Panels: 1
        case .bfloat16Panels: 2
        case .int8Panels, .int8Group32Panels: 4
        }
    }

    /// Bytes of a tensor's weights; `nil` for a shape that can't be stored so.
    func byteCount(shape: [Int]) -> Int? {
        guard let inputsPerStep else { return CheckedArithmetic.product(shape + [4]) }
        guard let (panels, depth) = Self.panels(shape) else { return nil }
        return CheckedArithmetic.product([panels, Self.roundedUp(depth, inputsPerStep), Self.stepByteCount])
    }

    /// Bytes of a tensor's scales; 0 where there are none, `nil` for a shape that can't be stored so.
    func scaleByteCount(shape: [Int]) -> Int? {
        switch self {
        case .float32, .float32Panels, .bfloat16Panels: return 0
        case .int8Panels:
            return Self.panels(shape).flatMap { CheckedArithmetic.product([$0.count, Self.panelColumns, 2]) }
        case .int8Group32Panels:
            return Self.panels(shape).flatMap { panels, depth in
                CheckedArithmetic.product([panels, Self.roundedUp(depth, Self.groupDepth), Self.panelColumns, 2])
            }
        }
    }

    /// The panels of a matrix or of a convolution.
    private static func panels(_ shape: [Int]) -> (count: Int, depth: Int)? {
        guard 2...3 ~= shape.count, shape[0] >= 0, let depth = CheckedArithmetic.product(shape.dropFirst()) else {
            return nil
        }
        return (roundedUp(shape[0], panelColumns), depth)
    }

    /// How many blocks of a size it takes.
    private static func roundedUp(_ count: Int, _ size: Int) -> Int {
        count / size + (count % size == 0 ? 0 : 1)
    }
}
