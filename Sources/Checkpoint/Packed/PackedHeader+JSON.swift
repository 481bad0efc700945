extension PackedHeader {
    /// Reads a header's text.
    init(_ bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) {
        var reader = JSONReader(bytes)
        self.init(model: "", precision: "", sourceDigest: "", producer: "", files: [], tensors: [])
        var missing: Set = ["model", "precision", "source_digest", "producer", "files", "tensors"]
        try reader.readObject { (key, reader) throws(JSONSyntaxError) in
            missing.remove(key)
            switch key {
            case "model": model = try reader.readString()
            case "precision": precision = try reader.readString()
            case "source_digest": sourceDigest = try reader.readString()
            case "producer": producer = try reader.readString()
            case "files":
                try reader.readArray { (reader) throws(JSONSyntaxError) in files.append(try File(&reader)) }
            case "vocabulary": vocabulary = try Section(&reader)
            case "tensors":
                try reader.readArray { (reader) throws(JSONSyntaxError) in tensors.append(try Tensor(&reader)) }
            default: try reader.skipValue()
            }
        }
        try reader.finish()
        if let key = missing.min() { throw JSONSyntaxError(offset: 0, reason: "the header has no \"\(key)\"") }
    }

    /// The header's text.
    var json: String {
        var members = [
            ("model", JSONText.string(model)), ("precision", JSONText.string(precision)),
            ("source_digest", JSONText.string(sourceDigest)), ("producer", JSONText.string(producer)),
            ("files", JSONText.array(files.map(\.json))),
        ]
        if let vocabulary { members.append(("vocabulary", vocabulary.json)) }
        members.append(("tensors", JSONText.array(tensors.map(\.json))))
        return JSONText.object(members)
    }
}

extension PackedHeader.Section {
    fileprivate init(_ reader: inout JSONReader) throws(JSONSyntaxError) {
        self.init()
        try reader.readObject { (key, reader) throws(JSONSyntaxError) in
            switch key {
            case "offset": offset = try reader.readInteger()
            case "size": size = try reader.readInteger()
            default: try reader.skipValue()
            }
        }
    }

    fileprivate var json: String { JSONText.object([("offset", "\(offset)"), ("size", "\(size)")]) }
}

extension PackedHeader.File {
    fileprivate init(_ reader: inout JSONReader) throws(JSONSyntaxError) {
        self.init(name: "")
        try reader.readObject { (key, reader) throws(JSONSyntaxError) in
            switch key {
            case "name": name = try reader.readString()
            case "offset": section.offset = try reader.readInteger()
            case "size": section.size = try reader.readInteger()
            default: try reader.skipValue()
            }
        }
    }

    fileprivate var json: String {
        JSONText.object([
            ("name", JSONText.string(name)), ("offset", "\(section.offset)"), ("size", "\(section.size)"),
        ])
    }
}

extension PackedHeader.Tensor {
    fileprivate init(_ reader: inout JSONReader) throws(JSONSyntaxError) {
        self.init(name: "", shape: [], storage: .float32)
        var storageName: String?
        try reader.readObject { (key, reader) throws(JSONSyntaxError) in
            switch key {
            case "name": name = try reader.readString()
            case "shape":
                try reader.readArray { (reader) throws(JSONSyntaxError) in
                    guard shape.count < SafetensorsHeader.maximumRank else {
                        throw reader.failure("a shape has more than \(SafetensorsHeader.maximumRank) dimensions")
                    }
                    shape.append(try reader.readInteger())
                }
            case "storage": storageName = try reader.readString()
            case "offset": weights.offset = try reader.readInteger()
            case "size": weights.size = try reader.readInteger()
            case "scales_offset": scales.offset = try reader.readInteger()
            case "scales_size": scales.size = try reader.readInteger()
            default: try reader.skipValue()
            }
        }
        guard let storage = storageName.flatMap(TensorStorage.init) else {
            let names = TensorStorage.allCases.map(\.rawValue).joined(separator: ", ")
            throw reader.failure("tensor \"\(name)\": storage \(storageName ?? "missing"); expected one of \(names)")
        }
        self.storage = storage
    }

    fileprivate var json: String {
        var members = [
            ("name", JSONText.string(name)), ("shape", JSONText.array(shape.map { "\($0)" })),
            ("storage", JSONText.string(storage.rawValue)), ("offset", "\(weights.offset)"),
            ("size", "\(weights.size)"),
        ]
        if scales.size > 0 {
            members += [("scales_offset", "\(scales.offset)"), ("scales_size", "\(scales.size)")]
        }
        return JSONText.object(members)
    }
}
