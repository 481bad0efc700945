import Platform

extension Checkpoint {
    /// The encodings of the stored weights in alphabetical order: their safetensors names, such as `F32`, or in a packed
    /// file the names of ``TensorStorage``.
    public var storedPrecisions: [String] {
        switch weights {
        case .published(let set):
            Set(set.files.flatMap { $0.tensors.values.map(\.dataType) }).filter(\.isFloatingPoint).map(\.rawValue)
                .sorted()
        case .packed(let packed): Set(packed.header.tensors.map(\.storage.rawValue)).sorted()
        }
    }

    /// How many numbers the weight files hold; what several tensors share counts once.
    public var parameterCount: Int {
        switch weights {
        case .published(let set):
            set.files.reduce(0) { $0 + Set($1.tensors.values).reduce(0) { $0 + $1.count } }
        case .packed(let packed): packed.header.tensors.reduce(0) { $0 + $1.shape.reduce(1, *) }
        }
    }

    /// Bytes of weight files that are mapped, which processes share.
    public var mappedByteCount: Int {
        switch weights {
        case .published(let set): set.files.reduce(0) { $0 + $1.file.byteCount }
        case .packed(let packed): packed.file.byteCount
        }
    }
}

extension DataType {
    fileprivate var isFloatingPoint: Bool {
        switch self {
        case .float64, .float32, .float16, .bfloat16, .float8E4M3, .float8E5M2: true
        case .int64, .int32, .int16, .int8, .uint64, .uint32, .uint16, .uint8, .boolean: false
        }
    }
}
