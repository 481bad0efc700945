import Checkpoint
import Compute
import Foundation
import TestSupport
import Testing

@testable import SpeechTranslation

/// Packed files of every released version of the format, under `Tests/Fixtures/packed`.
///
/// With `DRAGOMAN_UPDATE_GOLDEN_FILES=1` those of the present version are written anew. Once it is released they must not
/// change: a file that differs needs a new version.
@Suite(.serialized) struct GoldenPackedFileTests {
    /// `v2.json`.
    struct Version: Codable {
        struct File: Codable {
            let precision: String
            /// Tokens that were kept, where not all were.
            let vocabulary: [Int32]?
            var digest: String
            /// What the utterances of the checkpoint's cases become; the short ones left out.
            var tokens: [[Int32]]?
        }

        let checkpoint: String
        let producer: String
        var files: [String: File]
    }

    static let isUpdating = ProcessInfo.processInfo.environment["DRAGOMAN_UPDATE_GOLDEN_FILES"] == "1"
    static let descriptionPath = Fixtures.path("packed/v2.json")

    private let golden: GoldenCheckpoint
    private let version: Version
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        version = try JSONDecoder().decode(
            Version.self, from: Data(contentsOf: URL(filePath: Self.descriptionPath)))
        golden = try GoldenCheckpoint(version.checkpoint)
    }

    static func path(_ file: String) -> String { Fixtures.path("packed/\(file)") }

    @Test func openAndVerify() throws {
        #expect(version.files.count == 5)
        let published = try Checkpoint(path: golden.path)
        for (name, file) in version.files {
            let checkpoint = try Checkpoint(path: Self.path(name))
            try checkpoint.verify()
            #expect(checkpoint.digest() == file.digest, "\(name)")
            #expect(checkpoint.sourceDigest == published.digest() && checkpoint.name == published.name)
            #expect(checkpoint.packedPrecision == file.precision && checkpoint.vocabularyShortlist == file.vocabulary)
            #expect(checkpoint.configuration == published.configuration)
            #expect(checkpoint.generation == published.generation)
        }
    }

    @Test func theConverterWritesTheSameBytes() throws {
        let published = try Checkpoint(path: golden.path)
        var version = version
        for (name, file) in version.files {
            let path = Self.isUpdating ? Self.path(name) : folder.file(name)
            let precision = try #require(PackingPrecision(rawValue: file.precision))
            let vocabulary = try file.vocabulary.map { tokens in
                let list = tokens.map { "\($0)\n" }.joined()
                return try VocabularyShortlist(path: folder.write(list.utf8, to: "list.txt"), checkpoint: published)
            }
            let digest = try ModelConverter(published, precision: precision, vocabulary: vocabulary)
                .write(to: path, producer: version.producer)
            let (written, expected) = (FileManager.default.contents(atPath: path), Self.path(name))
            #expect(written == FileManager.default.contents(atPath: expected), "\(name)")
            version.files[name]?.digest = digest
        }
        if Self.isUpdating { try write(version) }
    }

    /// Float32 gives Hugging Face's tokens, fewer bits what they gave when the version was released; but where bfloat16
    /// products round activations, other tokens are right too.
    @Test func tokens() async throws {
        let rounds = try InstructionSet.select(environment: ProcessInfo.processInfo.environment) == .avx512BF16
        var version = version
        for (name, file) in version.files where file.tokens != nil {
            let translator = try Translator(checkpoint: Checkpoint(path: Self.path(name)), threads: 1)
            var tokens: [[Int32]] = []
            for item in golden.cases where item.tooShort != true {
                tokens.append(try await translator.translate(golden.samples(item), options: item.options).tokens)
            }
            if file.precision == "f32" || !Self.isUpdating && !rounds { #expect(tokens == file.tokens, "\(name)") }
            version.files[name]?.tokens = tokens
        }
        if Self.isUpdating { try write(version) }
    }

    private func write(_ version: Version) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(version).write(to: URL(filePath: Self.descriptionPath))
    }
}
