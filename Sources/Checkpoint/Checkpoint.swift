import Platform

/// A speech-translation checkpoint in a directory, as Hugging Face publishes it: configuration, tokenizer model and
/// weights. The weights are mapped read-only, so processes that load the same checkpoint share its memory.
///
/// Everything in the directory is untrusted: whatever the files hold, loading them ends in a checkpoint or in a
/// ``CheckpointError``, executes nothing and allocates no more than the files' own size warrants.
public final class Checkpoint: Sendable {
    /// The directory it was loaded from.
    public let directory: String
    /// The directory's name.
    public let name: String
    /// The network's shape.
    public let configuration: ModelConfiguration
    /// How the checkpoint wants text to be generated.
    public let generation: GenerationConfiguration
    /// What the network expects of audio.
    public let preprocessor: PreprocessorConfiguration
    /// Whether spaces before punctuation are to be removed from decoded text: `clean_up_tokenization_spaces` of
    /// `tokenizer_config.json`, false where neither exists.
    public let cleansUpTokenizationSpaces: Bool

    let weights: WeightSet
    let digestCache = DigestCache()
    /// Every file that has been read, for the digest.
    let files: [MappedFile]
    private let widened = WidenedTensors()

    /// Maps a checkpoint's files and checks the configuration and the structure of the weight files. Whether the weights
    /// have the tensors the configuration calls for shows when they are asked for.
    public init(directory: String) throws(CheckpointError) {
        self.directory = directory
        name = Self.name(of: directory)
        let model = try MappedFile.required(directory + "/config.json")
        let generation = try MappedFile.ifPresent(directory + "/generation_config.json")
        let preprocessor = try MappedFile.required(directory + "/preprocessor_config.json")
        let tokenizer = try MappedFile.ifPresent(directory + "/tokenizer_config.json")
        let pieces = try MappedFile.required(directory + "/\(Self.tokenizerModelName)")

        let reader = try ConfigurationReader(model)
        configuration = try ModelConfiguration(reader)
        self.generation = try GenerationConfiguration(
            file: generation, modelConfiguration: reader, vocabularySize: configuration.decoder.vocabularySize)
        self.preprocessor = try PreprocessorConfiguration(preprocessor)
        cleansUpTokenizationSpaces =
            try tokenizer.map { (file) throws(CheckpointError) in
                try ConfigurationReader(file).boolean("clean_up_tokenization_spaces", default: false)
            } ?? false
        weights = try WeightSet.open(directory: directory)
        files =
            [model, generation, preprocessor, tokenizer, pieces, weights.index].compactMap(\.self)
            + weights.files.map(\.file)
    }

    private static let tokenizerModelName = "sentencepiece.bpe.model"

    /// Path of the SentencePiece model.
    public var tokenizerModelPath: String { directory + "/" + Self.tokenizerModelName }

    /// Bytes of private memory that float32 copies of half-precision tensors take up so far.
    public var widenedByteCount: Int { widened.byteCount }

    /// Whether the weights have a tensor of this name.
    public func contains(_ tensor: String) -> Bool { weights.contains(tensor) }

    /// A tensor as float32.
    ///
    /// Float32 storage is used where it is mapped. Half-precision storage is widened into private memory on first use, as
    /// is the rare tensor that is not aligned or not in row-major order.
    /// - Parameter shape: The shape it must have.
    public func tensor(_ name: String, shape: [Int]) throws(CheckpointError) -> Float32Tensor {
        guard let (file, entry) = weights.tensor(name) else {
            throw CheckpointError(
                .missingTensor, "\(weights.path): no tensor \"\(name)\"; expected one of shape \(shape)")
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
        if let pointer = entry.float32Pointer(in: file.bytes) {
            return Float32Tensor(name: name, shape: shape, count: entry.count, pointer: pointer, owner: file)
        }
        let storage = widened.storage(path: file.path, entry: entry) { entry.float32Copy(from: file.bytes) }
        return Float32Tensor(name: name, shape: shape, count: entry.count, pointer: storage.pointer, owner: storage)
    }

    /// The last component of a path; for `.` and `..` that of the folder they stand for.
    private static func name(of directory: String) -> String {
        let last = directory.split(separator: "/").last.map(String.init) ?? directory
        guard last == "." || last == "..", let path = try? SystemCalls.realPath(directory) else { return last }
        return path.split(separator: "/").last.map(String.init) ?? path
    }
}
