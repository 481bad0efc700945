import Platform

/// Which shard holds which tensor: the `weight_map` of `model.safetensors.index.json` or `pytorch_model.bin.index.json`.
struct ShardIndex {
    /// File name by tensor name.
    let shards: [String: String]

    /// Reads an index.
    init(_ file: MappedFile) throws(CheckpointError) {
        let root = try ConfigurationReader(FileContents(file))
        guard let map = try root.object("weight_map") else {
            throw root.failure(.malformedFile, "weight_map", expected: "an object of tensor names and file names")
        }
        var shards: [String: String] = [:]
        for (name, value) in map.members {
            guard case .string(let fileName) = value, Self.isPlain(fileName) else {
                throw map.failure(.malformedFile, name, expected: "the name of a file beside the index")
            }
            shards[name] = fileName
        }
        self.shards = shards
    }

    /// The shards' names, in order, each once.
    var fileNames: [String] { Set(shards.values).sorted() }

    /// The shard said to hold a tensor.
    func shard(of tensor: String) -> String? { shards[tensor] }

    /// Whether a name stays in the folder it is looked up in.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    }
}
