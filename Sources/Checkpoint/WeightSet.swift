import Platform

/// All the weights of a checkpoint, in one file or in shards.
struct WeightSet: Sendable {
    /// The published forms, in the order Hugging Face prefers them.
    private enum Form: String, CaseIterable {
        case safetensors = "model.safetensors"
        case safetensorsShards = "model.safetensors.index.json"
        case torch = "pytorch_model.bin"
        case torchShards = "pytorch_model.bin.index.json"
    }

    /// The weight files.
    let files: [WeightFile]
    /// The index, for weights in shards.
    let index: MappedFile?
    private let fileIndices: [String: Int]

    /// Opens the first form that exists.
    static func open(directory: String) throws(CheckpointError) -> WeightSet {
        for form in Form.allCases {
            guard let file = try MappedFile.ifPresent(directory + "/" + form.rawValue) else { continue }
            switch form {
            case .safetensors: return WeightSet(try SafetensorsFile.load(file))
            case .torch: return WeightSet(try TorchArchive.load(file))
            case .safetensorsShards: return try WeightSet(index: file, directory, load: SafetensorsFile.load)
            case .torchShards: return try WeightSet(index: file, directory, load: TorchArchive.load)
            }
        }
        let names = Form.allCases.map(\.rawValue).joined(separator: ", ")
        throw CheckpointError(.fileNotFound, "\(directory): no weights; expected one of \(names)")
    }

    private init(_ file: WeightFile) {
        files = [file]
        index = nil
        fileIndices = file.tensors.mapValues { _ in 0 }
    }

    private init(
        index: MappedFile, _ directory: String, load: (MappedFile) throws(CheckpointError) -> WeightFile
    ) throws(CheckpointError) {
        let map = try ShardIndex(index)
        var files: [WeightFile] = []
        var fileIndices: [String: Int] = [:]
        for shard in map.fileNames {
            let file = try load(try MappedFile.required(directory + "/" + shard))
            for name in file.tensors.keys where map.shard(of: name) ?? shard == shard {
                guard fileIndices.updateValue(files.count, forKey: name) == nil else {
                    throw CheckpointError(
                        .malformedFile, "\(file.file.path): tensor \"\(name)\" is also in another shard")
                }
            }
            files.append(file)
        }
        for (name, shard) in map.shards where fileIndices[name] == nil {
            throw CheckpointError(
                .malformedFile, "\(index.path): tensor \"\(name)\" is said to be in \(shard), which does not have it")
        }
        self.files = files
        self.index = index
        self.fileIndices = fileIndices
    }

    /// Whether a tensor of this name is stored.
    func contains(_ name: String) -> Bool { fileIndices[name] != nil }

    /// The tensor's file and its place there.
    func tensor(_ name: String) -> (file: MappedFile, entry: TensorEntry)? {
        guard let index = fileIndices[name], let entry = files[index].tensors[name] else { return nil }
        return (files[index].file, entry)
    }

    /// A tensor that must be there, with a shape and in a type that can be used.
    func required(_ name: String, shape: [Int]) throws(CheckpointError) -> (file: MappedFile, entry: TensorEntry) {
        guard let (file, entry) = tensor(name) else {
            throw CheckpointError(.missingTensor, "\(path): no tensor \"\(name)\"; expected one of shape \(shape)")
        }
        guard entry.shape == shape else {
            throw CheckpointError(
                .shapeMismatch, "\(file.path): tensor \"\(name)\" has shape \(entry.shape); expected \(shape)")
        }
        guard entry.isConvertible else {
            throw CheckpointError(
                .unsupportedDataType,
                "\(file.path): tensor \"\(name)\" is stored as \(entry.dataType.rawValue); expected F32, F16 or BF16")
        }
        return (file, entry)
    }

    /// All files, the index included.
    var contents: [FileContents] { (files.map(\.file) + (index.map { [$0] } ?? [])).map(FileContents.init) }

    /// How messages name the weights: the weight file or the index.
    var path: String { index?.path ?? files[0].file.path }
}
