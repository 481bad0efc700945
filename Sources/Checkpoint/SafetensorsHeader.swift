/// The JSON header of a safetensors file, as written; nothing in it has been compared with the file yet.
enum SafetensorsHeader {
    /// One entry of the header.
    struct Tensor: Sendable, Hashable {
        var name: String
        var dataType = ""
        var shape: [Int] = []
        /// Offsets of the first byte and of the byte after the last, counted from the end of the header.
        var begin = 0
        var end = 0
    }

    /// PyTorch allows 64 dimensions.
    static let maximumRank = 64

    /// Reads the header's text.
    static func read(_ bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) -> [Tensor] {
        var reader = JSONReader(bytes)
        var tensors: [Tensor] = []
        try reader.readObject { (name, reader) throws(JSONSyntaxError) in
            if name == "__metadata__" {
                try reader.readObject { (_, reader) throws(JSONSyntaxError) in _ = try reader.readString() }
            } else {
                tensors.append(try readTensor(name, &reader))
            }
        }
        try reader.finish()
        return tensors
    }

    private static func readTensor(_ name: String, _ reader: inout JSONReader) throws(JSONSyntaxError) -> Tensor {
        var tensor = Tensor(name: name)
        var missing: Set = ["dtype", "shape", "data_offsets"]
        try reader.readObject { (key, reader) throws(JSONSyntaxError) in
            missing.remove(key)
            switch key {
            case "dtype":
                tensor.dataType = try reader.readString()
            case "shape":
                tensor.shape = try readIntegers(&reader, atMost: maximumRank, "shape of \"\(name)\"")
            case "data_offsets":
                let offsets = try readIntegers(&reader, atMost: 2, "data_offsets of \"\(name)\"")
                guard offsets.count == 2 else {
                    throw reader.failure("data_offsets of \"\(name)\" must be two numbers")
                }
                (tensor.begin, tensor.end) = (offsets[0], offsets[1])
            default:
                try reader.skipValue()
            }
        }
        if let field = missing.min() { throw reader.failure("tensor \"\(name)\" has no \(field)") }
        return tensor
    }

    private static func readIntegers(
        _ reader: inout JSONReader, atMost limit: Int, _ what: String
    ) throws(JSONSyntaxError) -> [Int] {
        var values: [Int] = []
        try reader.readArray { (reader) throws(JSONSyntaxError) in
            let value = try reader.readInteger()
            guard value >= 0, values.count < limit else {
                throw reader.failure("the \(what) must be at most \(limit) whole numbers, none negative")
            }
            values.append(value)
        }
        return values
    }
}
