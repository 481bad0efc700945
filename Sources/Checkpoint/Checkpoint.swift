import Platform

/// A speech-translation checkpoint: configuration, tokenizer model and weights, in a directory as Hugging Face publishes
/// it or in one packed file. The weights are mapped read-only, so processes that load the same checkpoint share its memory.
///
/// All files are untrusted: whatever they hold, loading them ends in a checkpoint or in a ``CheckpointError``, executes
/// nothing and allocates no more than the files' own size warrants.
public final class Checkpoint: Sendable {
    /// The directory or file it was loaded from.
    public let path: String
    /// The directory's name, or the one that the packed file gives.
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
    /// The SentencePiece model, `sentencepiece.bpe.model`.
    public let tokenizerModel: FileContents

    /// The tokens, in ascending order, that token embedding and output projection have rows for, one each; `nil` where they
    /// have one for every token.
    public let vocabularyShortlist: [Int32]?

    let weights: Weights
    let digestCache = DigestCache()
    /// Every file besides the weights, for the digest and to be packed.
    let smallFiles: [FileContents]
    private let widened = WidenedTensors()

    /// Maps a checkpoint's files and checks the configuration and the structure of the weight files. Whether the weights
    /// have the tensors the configuration calls for shows when they are asked for.
    /// - Parameter path: a directory as published, or a packed file.
    public init(path: String) throws(CheckpointError) {
        self.path = path
        let files = try CheckpointFiles(path: path)
        let model = try files.required("config.json")
        let generation = try files.contents("generation_config.json")
        let preprocessor = try files.required("preprocessor_config.json")
        let tokenizer = try files.contents("tokenizer_config.json")
        tokenizerModel = try files.required("sentencepiece.bpe.model")
        smallFiles = [model, generation, preprocessor, tokenizer, tokenizerModel].compactMap(\.self)

        let reader = try ConfigurationReader(model)
        configuration = try ModelConfiguration(reader)
        self.generation = try GenerationConfiguration(
            file: generation, modelConfiguration: reader, vocabularySize: configuration.decoder.vocabularySize)
        self.preprocessor = try PreprocessorConfiguration(preprocessor)
        cleansUpTokenizationSpaces =
            try tokenizer.map { (file) throws(CheckpointError) in
                try ConfigurationReader(file).boolean("clean_up_tokenization_spaces", default: false)
            } ?? false
        switch files {
        case .directory(let directory):
            name = Self.name(of: directory)
            weights = .published(try WeightSet.open(directory: directory))
            vocabularyShortlist = nil
        case .packed(let packed):
            name = packed.header.model
            weights = .packed(packed)
            vocabularyShortlist = try packed.vocabularyShortlist(configuration.decoder, self.generation)
        }
    }

    /// Precision of the weights of a packed file, as it was chosen when it was made; `nil` for a directory.
    public var packedPrecision: String? {
        if case .packed(let packed) = weights { packed.header.precision } else { nil }
    }

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
        switch weights {
        case .published(let published): try tensor(name, shape, in: published)
        case .packed(let packed): try packed.float32Tensor(name, shape: shape)
        }
    }

    /// A matrix in the kernels' layout; `nil` where it is stored otherwise, or not at all.
    /// - Parameter shape: `[outputs, inputs]`; for a convolution `[outputs, channels, taps]`, a matrix whose input
    ///   `tap * channels + channel` is a channel at a tap: what the kernel covers of time-major rows, as they lie.
    public func packedMatrix(_ name: String, shape: [Int]) throws(CheckpointError) -> PackedTensor? {
        guard case .packed(let packed) = weights else { return nil }
        return try packed.matrix(name, shape: shape)
    }

    private func tensor(
        _ name: String, _ shape: [Int], in weights: WeightSet
    ) throws(CheckpointError) -> Float32Tensor {
        let (file, entry) = try weights.required(name, shape: shape)
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
