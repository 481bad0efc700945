import TestSupport
import Testing

@testable import Tokenization

/// The tiny model has N = 64 pieces, so that a published id 250000 + k is 64 + k here.
@Suite struct TargetLanguageTests {
    private static let english: Int32 = 68
    private static let german: Int32 = 67

    private func resolve(
        _ specification: String?, default defaultTokenID: Int32? = german, name: String = "wav2vec2-xls-r-2b-22-to-16"
    ) throws -> TargetLanguage? {
        let tokenizer = try MBartTokenizer(
            modelPath: Fixtures.path("tiny/sentencepiece.bpe.model"), vocabularySize: 120)
        return try TargetLanguage.resolve(
            specification, tokenizer: tokenizer, defaultTokenID: defaultTokenID, checkpointName: name)
    }

    private func expectUnknown(
        _ specification: String, default id: Int32? = german, name: String = "model", mentions text: String
    ) {
        let error = #expect(throws: TokenizerError.self) { try resolve(specification, default: id, name: name) }
        #expect(error?.code == .unknownTargetLanguage)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }

    @Test func takesTheCheckpointsOwn() throws {
        #expect(try resolve(nil, default: Self.english) == TargetLanguage(code: "en", tokenID: 68))
        #expect(try resolve(nil) == TargetLanguage(code: "de", tokenID: 67))
        #expect(try resolve(nil, default: 71) == TargetLanguage(code: "cy", tokenID: 71))
        #expect(try resolve(nil, default: 72) == TargetLanguage(code: "fr_XX", tokenID: 72))
        #expect(try resolve(nil, default: 5) == TargetLanguage(code: "5", tokenID: 5))
        #expect(try resolve(nil, default: nil) == nil)
    }

    /// The model cards' table, with Welsh, Catalan and Latvian where mBART-50 has Finnish, Spanish and Burmese.
    @Test(arguments: [
        ("en", 4), ("de", 3), ("tr", 23), ("fa", 29), ("sv", 42), ("mn", 37), ("zh", 25), ("cy", 7), ("ca", 5),
        ("sl", 52),
        ("et", 6), ("id", 32), ("ar", 1), ("ta", 44), ("lv", 17), ("ja", 12),
    ])
    func followsThePublishedTable(_ code: String, _ offset: Int32) throws {
        let expected = TargetLanguage(code: code, tokenID: 64 + offset)
        #expect(try resolve(code) == expected)
        #expect(try resolve(code.uppercased()) == expected)
        #expect(try resolve("\(64 + offset)") == expected)
        if code != "en" { #expect(try resolve(code, name: "wav2vec2-xls-r-1b-en-to-15") == expected) }
    }

    @Test func acceptsMBartCodesThatMeanTheSame() throws {
        #expect(try resolve("de_DE") == TargetLanguage(code: "de", tokenID: 67))
        #expect(try resolve("ZH_cn") == TargetLanguage(code: "zh", tokenID: 89))
        #expect(try resolve("en_XX") == TargetLanguage(code: "en", tokenID: 68))
    }

    @Test(arguments: [
        "fr", "fi_FI", "es_XX", "my_MM", "lv_LV", "fr_XX", "xx", "", "de-DE", "d", "deu", "-1", "+5", "6.5", "٦٧",
    ])
    func refusesOthersAndSaysWhatThereIs(_ specification: String) {
        let codes = "ar, ca, cy, de, en, et, fa, id, ja, lv, mn, sl, sv, ta, tr, zh"
        expectUnknown(
            specification,
            mentions: "model translates into \(codes); for any other give the number of its token, such as 80")
    }

    @Test func knowsWhatEachKindOfCheckpointHas() throws {
        expectUnknown(
            "de", default: Self.english, name: "wav2vec2-xls-r-300m-21-to-en", mentions: "translates into en;")
        expectUnknown("de_DE", default: Self.english, mentions: "translates into en;")
        #expect(try resolve("EN", default: Self.english) == TargetLanguage(code: "en", tokenID: 68))
        expectUnknown("en", name: "wav2vec2-xls-r-300m-en-to-15", mentions: "translates into ar, ca, cy, de, et,")
        #expect(try resolve("en", name: "fine-tuned")?.tokenID == 68)
    }

    @Test func takesAnyTokenByNumber() throws {
        #expect(try resolve("80") == TargetLanguage(code: "lv_LV", tokenID: 80))
        #expect(try resolve("119", default: Self.english) == TargetLanguage(code: "119", tokenID: 119))
        #expect(try resolve("007")?.tokenID == 7)
        expectUnknown("120", mentions: "from 0 to 119")
        expectUnknown("99999999999999999999", mentions: "from 0 to 119")
    }
}
