import Checkpoint
import Compute
import TestSupport
import Testing
import Tokenization

@testable import SpeechTranslation

/// Models that keep a part of the vocabulary. The tiny checkpoint has 118 tokens: 0 to 3 are special, 4 to 64 pieces, 65 to
/// 116 languages, 117 the mask.
@Suite struct VocabularyShortlistTests {
    private let folder: TemporaryDirectory
    private let published: Checkpoint
    private let alwaysKept = Set<Int32>([0, 1, 2, 3]).union(65...117)

    init() throws {
        folder = try TemporaryDirectory()
        published = try Checkpoint(path: Fixtures.path("tiny"))
    }

    private func shortlist(_ text: String) throws -> [Int32] {
        try VocabularyShortlist(path: folder.write(text.utf8, to: "words.txt"), checkpoint: published).tokens
    }

    @Test func pieces() throws {
        #expect(try shortlist("▁th\n\n  \r\n中\r\nen_XX") == kept([8, 60]))
    }

    @Test func ids() throws { #expect(try shortlist("30\n007\n117\n\n") == kept([7, 30])) }

    /// What the file does not name but every text may need: the space here, and what generation names.
    private func kept(_ tokens: [Int32]) -> [Int32] { alwaysKept.union([4]).union(tokens).sorted() }

    @Test(arguments: [
        ("", "words.txt: no tokens"), ("\n \n", "words.txt: no tokens"), ("12\n\n118\n", "words.txt:3: token id 118"),
        ("99999999999999999999", "words.txt:1: token id 9"),
        ("e\n\nnonsense\n", "words.txt:3: \"nonsense\" is no piece"),
        ("e\n5\n", "words.txt:2: \"5\" is no piece"), ("-1", "words.txt:1: \"-1\" is no piece"),
    ])
    func refusals(_ text: String, _ message: String) throws {
        let error = #expect(throws: SpeechTranslationError.self) { try shortlist(text) }
        #expect(error?.code == .invalidOption && error?.message.contains(message) == true, "\(error as Any)")
    }

    @Test func noText() throws {
        let path = try folder.write([0x65, 0x0A, 0xFF, 0x0A], to: "bytes.txt")
        let error = #expect(throws: SpeechTranslationError.self) {
            try VocabularyShortlist(path: path, checkpoint: published)
        }
        #expect(error?.message.contains("bytes.txt:2: not UTF-8") == true)
        let missing = #expect(throws: SpeechTranslationError.self) {
            try VocabularyShortlist(path: folder.file("missing.txt"), checkpoint: published)
        }
        #expect(missing?.message.contains("missing.txt") == true)
    }

    /// The rows that are kept are those of the published checkpoint.
    @Test(arguments: PackingPrecision.allCases) func rowsInTheFile(_ precision: PackingPrecision) throws {
        let list = try VocabularyShortlist(
            path: folder.write("e\n中".utf8, to: "words.txt"), checkpoint: published)
        func pack(_ vocabulary: VocabularyShortlist?) throws -> Checkpoint {
            let path = folder.file("\(vocabulary?.tokens.count ?? 0).dragoman")
            _ = try ModelConverter(published, precision: precision, vocabulary: vocabulary)
                .write(to: path, producer: "test")
            return try Checkpoint(path: path)
        }
        let (short, whole) = (try pack(list), try pack(nil))
        try short.verify()
        #expect(short.vocabularyShortlist == list.tokens && whole.vocabularyShortlist == nil)
        #expect(short.digest() != whole.digest() && short.sourceDigest == whole.sourceDigest)
        #expect(short.parameterCount < whole.parameterCount)
        let name = short.vocabularyNames.projection
        let rows = try #require(try PackedMatrix(short, name, shape: [list.tokens.count, 32]))
        let all = try #require(try PackedMatrix(whole, name, shape: [118, 32]))
        for (index, token) in list.tokens.enumerated() {
            #expect(row(index, of: rows) == row(Int(token), of: all))
        }
    }

    /// Such a model translates among its tokens; one that keeps them all, as if there were no list.
    @Test(arguments: [false, true]) func translating(keepsAll: Bool) async throws {
        let golden = try GoldenCheckpoint("tiny")
        let text = keepsAll ? (0...117).map { "\($0)\n" }.joined() : "e\n▁th\n中"
        let list = try VocabularyShortlist(path: folder.write(text.utf8, to: "words.txt"), checkpoint: published)
        let path = folder.file("short.dragoman")
        _ = try ModelConverter(published, precision: .float32, vocabulary: list).write(to: path, producer: "test")
        let translator = try Translator(checkpoint: Checkpoint(path: path), threads: 1)
        for item in golden.cases where item.tooShort != true {
            let translation = try await translator.translate(golden.samples(item), options: item.options)
            #expect(Set(translation.tokens).isSubset(of: list.tokens))
            if keepsAll { #expect(translation.tokens == item.sequence.map { Array($0.dropFirst()) }) }
        }
        // Two candidates for each beam: there are no more tokens than that.
        let most = list.tokens.count / 2
        try translator.validate(DecodingOptions(beams: most))
        #expect(throws: SpeechTranslationError.self) { try translator.validate(DecodingOptions(beams: most + 1)) }
        // What benchmarks ask of it.
        #expect(try translator.decoderStepByteCount() > 0)
    }

    private func row(_ index: Int, of matrix: PackedMatrix) -> [Float] {
        [Float](unsafeUninitializedCapacity: matrix.depth) { buffer, count in
            if let start = buffer.baseAddress { matrix.copyRow(index, into: start) }
            count = matrix.depth
        }
    }
}
