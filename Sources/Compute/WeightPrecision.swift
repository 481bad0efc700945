import CKernels

/// How the weights of a matrix are stored.
public enum WeightPrecision: String, Sendable, CaseIterable {
    /// 32-bit floating point.
    case float32 = "f32"
    /// The upper half of 32-bit floating point; activations stay float32, but with ``InstructionSet/avx512BF16`` are
    /// rounded alike.
    case bfloat16 = "bf16"
    /// Eight bits with a scale per output column; activations are quantised by row.
    case int8
    /// Eight bits with a scale per column and 32 inputs; activations are quantised by row and 32 inputs.
    case int8Grouped = "int8-group32"

    /// Inputs that one step of a panel covers: a step is four bytes for each of its columns.
    var stepDepth: Int {
        switch self {
        case .float32: 1
        case .bfloat16: 2
        case .int8, .int8Grouped: 4
        }
    }

    /// Inputs that share a scale in a matrix of the given depth, if there are scales.
    func scaledDepth(of depth: Int) -> Int? {
        switch self {
        case .float32, .bfloat16: nil
        case .int8: max(1, depth)
        case .int8Grouped: Int(DRAGOMAN_GROUP_DEPTH)
        }
    }

    var identifier: dragoman_precision {
        switch self {
        case .float32: DRAGOMAN_FLOAT32
        case .bfloat16: DRAGOMAN_BFLOAT16
        case .int8: DRAGOMAN_INT8
        case .int8Grouped: DRAGOMAN_INT8_GROUPED
        }
    }

    /// The precision's place in the kernels' tables.
    var index: Int { Int(identifier.rawValue) }
}
