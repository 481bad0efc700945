/// Builds pickles opcode by opcode.
struct PickleBytes {
    private(set) var bytes: [UInt8] = [0x80, 2]

    /// An empty pickle, or raw bytes after the protocol.
    init(_ raw: [UInt8] = []) { bytes += raw }

    mutating func add(_ opcodes: UInt8...) { bytes += opcodes }

    mutating func add(_ opcode: Unicode.Scalar) { bytes.append(UInt8(ascii: opcode)) }

    mutating func global(_ module: String, _ name: String) {
        bytes += Array("c\(module)\n\(name)\n".utf8)
    }

    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "X"))
        bytes += withUnsafeBytes(of: UInt32(text.utf8.count).littleEndian, Array.init) + Array(text.utf8)
    }

    mutating func integer(_ value: Int) {
        bytes += [0x8A, 8] + withUnsafeBytes(of: Int64(value).littleEndian, Array.init)
    }

    mutating func integers(_ values: [Int]) {
        add("(")
        values.forEach { integer($0) }
        add("t")
    }

    /// `_rebuild_tensor_v2` of a storage.
    mutating func tensor(
        type: String = "FloatStorage", key: String = "0", storage: Int, offset: Int = 0, shape: [Int], strides: [Int]
    ) {
        global("torch._utils", "_rebuild_tensor_v2")
        add("(")
        add("(")
        string("storage")
        global("torch", type)
        string(key)
        string("cpu")
        integer(storage)
        add("t")
        add("Q")
        integer(offset)
        integers(shape)
        integers(strides)
        add(0x89)
        global("collections", "OrderedDict")
        add(")")
        add("R")
        add("t")
        add("R")
    }

    /// A state dictionary of whatever `values` pushes under each name, with the `_metadata` PyTorch adds.
    static func stateDictionary(_ values: [(name: String, value: (inout PickleBytes) -> Void)]) -> [UInt8] {
        var pickle = PickleBytes()
        pickle.global("collections", "OrderedDict")
        pickle.add(")")
        pickle.add("R")
        pickle.add("q")
        pickle.add(0)
        pickle.add("(")
        for (name, value) in values {
            pickle.string(name)
            value(&pickle)
        }
        pickle.add("u")
        pickle.add("}")
        pickle.string("_metadata")
        pickle.add("}")
        pickle.add("s")
        pickle.add("b")
        pickle.add(".")
        return pickle.bytes
    }

    /// An archive around a pickle.
    static func archive(_ pickle: [UInt8], storages: [String: [UInt8]] = [:], isWide: Bool = false) -> [UInt8] {
        let data = storages.sorted { $0.key < $1.key }.map { ("archive/data/\($0.key)", $0.value) }
        return ZipBytes(
            [("archive/data.pkl", pickle), ("archive/byteorder", Array("little".utf8))] + data
                + [("archive/version", Array("3\n".utf8))],
            isWide: isWide
        ).bytes
    }
}
