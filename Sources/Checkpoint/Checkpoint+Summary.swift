import Platform

extension Checkpoint {
    /// The encodings of the stored weights by their safetensors names, such as `F32`, in alphabetical order.
    public var storedPrecisions: [String] {
        Set(weights.files.flatMap { $0.tensors.values.map(\.dataType) }).filter(\.isFloatingPoint).map(\.rawValue)
            .sorted()
    }

    /// How many numbers the weight files hold; what several tensors share counts once.
    public var parameterCount: Int {
        weights.files.reduce(0) { $0 + Set($1.tensors.values).reduce(0) { $0 + $1.count } }
    }

    /// Bytes of weight files that are mapped, which processes share.
    public var mappedByteCount: Int { weights.files.reduce(0) { $0 + $1.file.byteCount } }
}

extension DataType {
    fileprivate var isFloatingPoint: Bool {
        switch self {
        case .float64, .float32, .float16, .bfloat16, .float8E4M3, .float8E5M2: true
        case .int64, .int32, .int16, .int8, .uint64, .uint32, .uint16, .uint8, .boolean: false
        }
    }
}
