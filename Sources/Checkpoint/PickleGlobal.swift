/// The globals a state dictionary needs. They are names with a fixed meaning here; no code is ever looked up by them.
enum PickleGlobal: String, Sendable, Hashable, CaseIterable {
    case orderedDictionary = "collections.OrderedDict"
    case rebuildTensor = "torch._utils._rebuild_tensor_v2"
    case rebuildParameter = "torch._utils._rebuild_parameter"
    case floatStorage = "torch.FloatStorage"
    case halfStorage = "torch.HalfStorage"
    case bfloat16Storage = "torch.BFloat16Storage"
    case doubleStorage = "torch.DoubleStorage"
    case longStorage = "torch.LongStorage"
    case intStorage = "torch.IntStorage"

    /// The element type of a storage; `nil` for the functions.
    var storageDataType: DataType? {
        switch self {
        case .floatStorage: .float32
        case .halfStorage: .float16
        case .bfloat16Storage: .bfloat16
        case .doubleStorage: .float64
        case .longStorage: .int64
        case .intStorage: .int32
        case .orderedDictionary, .rebuildTensor, .rebuildParameter: nil
        }
    }
}
