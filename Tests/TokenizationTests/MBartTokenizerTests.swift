import Foundation
import TestSupport
import Testing

@testable import Tokenization

@Suite struct MBartTokenizerTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let ids: [Int32]
            let text: String
            let clean: String?
        }

        let pieces: Int
        let cases: [Case]
    }

    /// `Tests/Reference/make_tokenizer_goldens.py` writes them.
    private func goldens() throws -> [String: Golden] {
        let data = try Data(contentsOf: URL(filePath: Fixtures.path("tokenizer/decode.json")))
        return try JSONDecoder().decode([String: Golden].self, from: data)
    }

    private func tokenizer(_ model: String = "tiny/sentencepiece.bpe.model", size: Int = 118) throws -> MBartTokenizer {
        try MBartTokenizer(modelPath: Fixtures.path(model), vocabularySize: size)
    }

    @Test(arguments: [
        "tiny/sentencepiece.bpe.model", "demo-model/model/sentencepiece.bpe.model", "tokenizer/odd.model",
    ])
    func decodesAsHuggingFace(_ model: String) throws {
        let golden = try #require(try goldens()[model])
        let size = golden.pieces + 54
        let plain = try tokenizer(model, size: size)
        let cleaning = try MBartTokenizer(modelPath: Fixtures.path(model), vocabularySize: size, cleansUpSpaces: true)
        #expect(plain.pieceCount == golden.pieces && golden.cases.count > 100)
        for golden in golden.cases {
            // Compared by code units: Swift takes é and e + ◌́ for equal.
            #expect(Array(plain.decode(golden.ids).utf8) == Array(golden.text.utf8), "\(golden.ids)")
            #expect(
                Array(cleaning.decode(golden.ids).utf8) == Array((golden.clean ?? golden.text).utf8), "\(golden.ids)")
        }
    }

    @Test func ignoresIDsOutsideTheVocabulary() throws {
        #expect(try tokenizer().decode([-1, .min, .max, 118, 500]).isEmpty)
    }

    @Test func knowsLanguages() throws {
        let tokenizer = try tokenizer()
        #expect(tokenizer.tokenID(languageCode: "ar_AR") == 65)
        #expect(tokenizer.tokenID(languageCode: "en_XX") == 68)
        #expect(tokenizer.tokenID(languageCode: "sl_SI") == 116)
        #expect(tokenizer.tokenID(languageCode: "en") == nil)
        #expect(tokenizer.languageCode(tokenID: 68) == "en_XX")
        for id in [0, 64, 117, 118, -5, Int32.min, .max] as [Int32] {
            #expect(tokenizer.languageCode(tokenID: id) == nil)
        }
    }

    /// A vocabulary padded to a round size is sound; one that is too small belongs to another model.
    @Test func comparesTheVocabularysSize() throws {
        _ = try tokenizer(size: 128)
        for size in [117, 64, 0, -1, .min, .max] {
            let error = #expect(throws: TokenizerError.self) { try tokenizer(size: size) }
            #expect(error?.code == .vocabularyMismatch)
            #expect(error?.message.contains("64 pieces make a vocabulary of 118") == true)
        }
    }

    @Test func saysWhatIsWrongWithTheFile() throws {
        let missing = #expect(throws: TokenizerError.self) { try tokenizer("nothing.model") }
        #expect(missing?.code == .fileNotReadable)
        let folder = try TemporaryDirectory()
        for bytes in [[], [0x0A], [0x0A, 5, 0x0A], [0x08, 1], [0x0F], [0x0A, 3, 0x0A, 1, 0xFF], [0x0A, 2, 0x08, 1]]
            as [[UInt8]]
        {
            let path = try folder.write(bytes, to: "x.model")
            let error = #expect(throws: TokenizerError.self) {
                try MBartTokenizer(modelPath: path, vocabularySize: 118)
            }
            #expect(error?.code == .malformedModel)
            #expect(error?.message.contains("x.model") == true)
        }
    }
}
