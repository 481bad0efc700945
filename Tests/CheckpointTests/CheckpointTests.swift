import Foundation
import Platform
import TestSupport
import Testing

@testable import Checkpoint

@Suite struct CheckpointTests {
    private static let names = [
        "config.json", "generation_config.json", "preprocessor_config.json", "sentencepiece.bpe.model",
    ]

    private func names(_ checkpoint: Checkpoint) throws -> Set<String> {
        Set(try checkpoint.publishedWeights.files.flatMap(\.tensors.keys))
    }

    private func shape(_ name: String, in checkpoint: Checkpoint) throws -> [Int] {
        try #require(checkpoint.publishedWeights.tensor(name)).entry.shape
    }

    @Test(arguments: ["tiny", "tinywide"]) func readsTheSameFromSafetensorsAndFromPyTorch(_ fixture: String) throws {
        let safetensors = try Checkpoint(path: Fixtures.path(fixture))
        let torch = try CheckpointFolder(fixture, files: Self.names + ["pytorch_model.bin"]).load()
        #expect(try names(torch).count == names(safetensors).count + 1)  // the tied matrix under both names
        for name in try names(torch) {
            let other = name.replacing(".weight_g", with: ".parametrizations.weight.original0")
                .replacing(".weight_v", with: ".parametrizations.weight.original1")
                .replacing("decoder.lm_head.weight", with: "decoder.model.decoder.embed_tokens.weight")
            let shape = try shape(name, in: torch)
            let tensor = try torch.tensor(name, shape: shape)
            let expected = try safetensors.tensor(other, shape: shape)
            #expect(tensor.elements.elementsEqual(expected.elements), "\(name)")
            #expect(tensor.count == shape.reduce(1, *) && tensor.shape == shape && tensor.name == name)
        }
        #expect(safetensors.widenedByteCount == 0)
        #expect(torch.widenedByteCount == 0)
    }

    @Test func acceptsBothWeightNormNamings() throws {
        let prefix = "encoder.encoder.pos_conv_embed.conv"
        let present = try Checkpoint(path: Fixtures.path("tiny")).weightNorm(prefix, shape: [32, 8, 16])
        let former = try CheckpointFolder(files: Self.names + ["pytorch_model.bin"]).load().weightNorm(
            prefix, shape: [32, 8, 16])
        #expect(present.g.shape == [1, 1, 16] && present.v.shape == [32, 8, 16])
        #expect(
            former.g.elements.elementsEqual(present.g.elements) && former.v.elements.elementsEqual(present.v.elements))
    }

    @Test func usesFloat32WhereItIsMapped() throws {
        let checkpoint = try Checkpoint(path: Fixtures.path("tiny"))
        let name = "decoder.model.decoder.layer_norm.weight"
        let (file, _) = try #require(checkpoint.publishedWeights.tensor(name))
        let pointer = UnsafeRawPointer(try checkpoint.tensor(name, shape: [32]).pointer)
        let start = try #require(file.bytes.baseAddress)
        #expect(start <= pointer && pointer < start + file.bytes.count)
    }

    @Test func widensHalfPrecisionOnce() throws {
        let checkpoint = try Checkpoint(path: Fixtures.path("demo-model/model"))
        let decoder = checkpoint.configuration.decoder
        #expect(checkpoint.widenedByteCount == 0)
        let first = try checkpoint.tiedEmbedding()
        #expect(first.embedding.count == decoder.vocabularySize * decoder.dModel)
        #expect(first.embedding.pointer == first.projection.pointer)
        let again = try checkpoint.tiedEmbedding()
        #expect(first.embedding.pointer == again.embedding.pointer)
        #expect(checkpoint.widenedByteCount == 4 * first.embedding.count)
        #expect(Int(bitPattern: first.embedding.pointer).isMultiple(of: 64))
        #expect(first.embedding.elements.allSatisfy(\.isFinite) && !first.embedding.elements.allSatisfy { $0 == 0 })
    }

    @Test func keepsATensorsMemoryAlive() throws {
        let tensor = try Checkpoint(path: Fixtures.path("demo-model/model")).tiedEmbedding().embedding
        let sum = tensor.elements.reduce(0, +)
        let again = try Checkpoint(path: Fixtures.path("demo-model/model")).tiedEmbedding().embedding
        #expect(sum == again.elements.reduce(0, +))
    }

    @Test func saysWhichTensorIsMissingOrMisshapen() throws {
        let checkpoint = try Checkpoint(path: Fixtures.path("tiny"))
        #expect(checkpoint.contains("encoder.encoder.layer_norm.weight") && !checkpoint.contains("nothing"))
        Loading.expect(.missingTensor, mentions: #"model.safetensors: no tensor "nothing"; expected one of shape [3]"#)
        {
            _ = try checkpoint.tensor("nothing", shape: [3])
        }
        Loading.expect(.shapeMismatch, mentions: #""encoder.encoder.layer_norm.weight" has shape [32]; expected [31]"#)
        {
            _ = try checkpoint.tensor("encoder.encoder.layer_norm.weight", shape: [31])
        }
    }

    @Test func refusesElementTypesThatWouldLoseValues() throws {
        let folder = try CheckpointFolder(files: Self.names)
        let bytes = [UInt8](repeating: 0, count: 8)
        try folder.write(
            SafetensorsBytes.file([("d", "F64", [1], bytes), ("i", "I64", [1], bytes), ("e", "F8_E4M3", [8], bytes)]),
            to: "model.safetensors")
        let checkpoint = try folder.load()
        for (name, shape) in [("d", [1]), ("i", [1]), ("e", [8])] {
            Loading.expect(.unsupportedDataType, mentions: "\"\(name)\"") {
                _ = try checkpoint.tensor(name, shape: shape)
            }
        }
    }

    @Test func copiesWhatIsNotAligned() throws {
        let folder = try CheckpointFolder(files: Self.names)
        let values: [Float] = [1, -2, 3.5]
        try folder.write(
            SafetensorsBytes.file([("b", "U8", [1], [7]), ("f", "F32", [3], values.littleEndianBytes)]),
            to: "model.safetensors")
        let checkpoint = try folder.load()
        let misaligned = try checkpoint.tensor("f", shape: [3])
        #expect(Array(misaligned.elements) == values)
    }

    // MARK: - The tied matrix

    private static let embedding = "decoder.model.decoder.embed_tokens.weight"
    private static let projection = "decoder.lm_head.weight"

    private func tied(_ stored: [(String, Float)], isTied: Bool) throws -> (
        embedding: Float32Tensor, projection: Float32Tensor
    ) {
        let folder = try CheckpointFolder(files: Self.names)
        try folder.set(["decoder.tie_word_embeddings": "\(isTied)"])
        let tensors = stored.map { (name, value) in
            (
                name: name, type: "F32", shape: [118, 32],
                bytes: [Float](repeating: value, count: 118 * 32).littleEndianBytes
            )
        }
        try folder.write(SafetensorsBytes.file(tensors), to: "model.safetensors")
        return try folder.load().tiedEmbedding()
    }

    @Test(arguments: [embedding, projection]) func findsTheTiedMatrixUnderEitherName(_ name: String) throws {
        let (embedding, projection) = try tied([(name, 3)], isTied: true)
        #expect(embedding.pointer == projection.pointer && embedding.elements[5] == 3)
    }

    /// With different values under both names Hugging Face does not tie them, whatever the configuration says.
    @Test(arguments: [true, false]) func keepsTwoMatrices(isTied: Bool) throws {
        let (embedding, projection) = try tied([(Self.embedding, 1), (Self.projection, 2)], isTied: isTied)
        #expect(embedding.elements[0] == 1 && projection.elements[0] == 2)
    }

    @Test(arguments: [embedding, projection]) func needsBothMatricesWhenUntied(_ name: String) throws {
        let other = name == Self.embedding ? Self.projection : Self.embedding
        Loading.expect(.missingTensor, mentions: other) { _ = try tied([(name, 1)], isTied: false) }
    }

    @Test func needsOneMatrix() throws {
        Loading.expect(.missingTensor, mentions: Self.embedding) { _ = try tied([("x", 1)], isTied: true) }
    }

    // MARK: - The directory

    @Test(arguments: ["config.json", "preprocessor_config.json", "sentencepiece.bpe.model"])
    func saysWhichFileIsMissing(_ file: String) throws {
        let folder = try CheckpointFolder()
        try folder.remove(file)
        Loading.expect(.fileNotFound, mentions: file) { _ = try folder.load() }
    }

    @Test func saysWhereItLookedForWeights() throws {
        let folder = try CheckpointFolder(files: Self.names)
        Loading.expect(.fileNotFound, mentions: "pytorch_model.bin.index.json") { _ = try folder.load() }
        Loading.expect(.fileNotFound, mentions: "nowhere: no such file or folder") {
            _ = try Checkpoint(path: "nowhere")
        }
    }

    @Test func refusesAFolderInPlaceOfAFile() throws {
        let folder = try CheckpointFolder(files: Self.names)
        try FileManager.default.createDirectory(
            atPath: folder.folder.file("model.safetensors"), withIntermediateDirectories: false)
        Loading.expect(.fileNotReadable, mentions: "model.safetensors") { _ = try folder.load() }
    }

    @Test func refusesTruncatedWeights() throws {
        for file in ["model.safetensors", "pytorch_model.bin"] {
            let folder = try CheckpointFolder(files: Self.names)
            let bytes = try Data(contentsOf: URL(filePath: Fixtures.path("tiny/" + file)))
            for count in [0, 7, 100, bytes.count / 2, bytes.count - 1] {
                try folder.write(bytes.prefix(count), to: file)
                Loading.expect(.malformedFile, mentions: file) { _ = try folder.load() }
            }
        }
    }

    @Test func isNamedByItsFolder() throws {
        let path = Fixtures.path("tiny")
        #expect(try Checkpoint(path: path).name == "tiny")
        #expect(try Checkpoint(path: path + "//").name == "tiny")
        #expect(try Checkpoint(path: path + "/.").name == "tiny")
        #expect(try Checkpoint(path: path).tokenizerModel.path == path + "/sentencepiece.bpe.model")
    }

    @Test func readsTheTokenizersCleanup() throws {
        let folder = try CheckpointFolder()
        #expect(try !folder.load().cleansUpTokenizationSpaces)
        try folder.write(
            Array(#"{"clean_up_tokenization_spaces":true,"model_max_length":1e30}"#.utf8), to: "tokenizer_config.json")
        #expect(try folder.load().cleansUpTokenizationSpaces)
    }
}
