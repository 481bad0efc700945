import TestSupport
import Testing

@testable import Evaluation

@Suite struct EvaluationManifestTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func items(
        _ text: String, name: String = "m.tsv", _ defaults: EvaluationManifest.Defaults = .init()
    ) throws -> [EvaluationItem] {
        try EvaluationManifest(path: folder.write(text.utf8, to: name), defaults: defaults).items
    }

    private func message(
        _ text: String, name: String = "m.tsv", _ defaults: EvaluationManifest.Defaults = .init()
    ) -> String {
        #expect(throws: EvaluationError.self) { try items(text, name: name, defaults) }?.message ?? ""
    }

    /// As `get_covost_splits.py` writes it: pandas without quotation marks, with a backslash.
    @Test func tableOfCoVoST() throws {
        let text = """
            path\tsentence\ttranslation\tclient_id
            common_voice_zh-CN_1.mp3\t你好。\tHe said \\"hello\\", \\\\ and a tab:\\\t.\tabc
            common_voice_zh-CN_2.mp3\t\tA second one.\tdef

            """
        let found = try items(text, name: "covost_v2.zh-CN_en.test.tsv")
        #expect(found.map(\.pair) == Array(repeating: LanguagePair(source: "zh", target: "en"), count: 2))
        #expect(found.map(\.reference) == ["He said \"hello\", \\ and a tab:\t.", "A second one."])
        #expect(found.map(\.transcript) == ["你好。", ""])
        #expect(found[0].audio == folder.file("common_voice_zh-CN_1.mp3"))
        #expect(found[0].key == "zh-en/common_voice_zh-CN_1.mp3" && !found[0].isURI)
        let clips = try items(text, name: "covost_v2.zh-CN_en.test.tsv", .init(clips: "/clips"))
        #expect(clips[1].audio == "/clips/common_voice_zh-CN_2.mp3")
        let beside = try items(text, name: "covost_v2.zh-CN_en.test.tsv", .init(clips: "clips"))
        #expect(beside[1].audio == folder.file("clips/common_voice_zh-CN_2.mp3"))
    }

    @Test func directionFromColumnsOptionsOrName() throws {
        let columns = "path\tlanguage\ttarget\treference\na.wav\tfr_XX\ten_XX\tx\nb.wav\tsv-SE\ten\ty\nc.wav\t\t\tz\n"
        let found = try items(columns, name: "covost_v2.en_de.dev.tsv", .init(source: "it"))
        #expect(found.map(\.pair.code) == ["fr-en", "sv-en", "it-de"])
        #expect(LanguagePair(fileName: "covost_v2.tsv") == nil && LanguagePair(fileName: "a_b.en_en.tsv") == nil)
    }

    @Test func objects() throws {
        let text = """
            {"path": "s3://bucket/a.wav", "source": "de", "target": "en", "translation": "one", "seconds": 3}
            {"audio": "/x/b.wav", "language": "de", "target_language": "en", "reference": "two", "transcript": "zwei"}
            """
        let found = try items(text, name: "m.jsonl")
        #expect(found.map(\.audio) == ["s3://bucket/a.wav", "/x/b.wav"] && found.map(\.isURI) == [true, false])
        #expect(found.map(\.reference) == ["one", "two"] && found[1].transcript == "zwei")
    }

    @Test func splits() throws {
        let text = "path\ttranslation\tsplit\na\tx\ttest\nb\ty\ttrain\n"
        let defaults = EvaluationManifest.Defaults(source: "fr", target: "en", split: "test")
        #expect(try items(text, defaults).map(\.key) == ["fr-en/a"])
        #expect(message(text, .init(source: "fr", target: "en", split: "dev")).contains("no line of the split 'dev'"))
        #expect(message("path\ttranslation\na\tx\n", defaults).contains("line 2: no split"))
    }

    @Test func whatAManifestCanGetWrong() throws {
        let full = EvaluationManifest.Defaults(source: "fr", target: "en")
        #expect(message("").contains("the file is empty"))
        #expect(message("path\ttranslation\n", full).contains("no recordings"))
        #expect(message("path\ttranslation\na\tx\ty\n", full).contains("line 2: expected 2 fields"))
        #expect(message("translation\nx\n", full).contains("line 2: no path"))
        #expect(message("path\na\n", full).contains("line 2: no reference"))
        #expect(message("path\ttranslation\na\tx\n", .init(target: "en")).contains("line 2: no source language"))
        #expect(message("path\ttranslation\na\tx\n", .init(source: "fr")).contains("line 2: no target language"))
        #expect(message("path\ttranslation\na\tx\na\ty\n", full).contains("line 3: 'fr-en/a' is there more than once"))
        #expect(message("{\n", name: "m.jsonl", full).contains("line 1: expected a JSON object"))
        #expect(message("x", name: "m.csv", full).contains("does not end in"))
        let error = #expect(throws: EvaluationError.self) {
            let path = try folder.write([0x70, 0xFF, 0x0A], to: "m.tsv")
            return try EvaluationManifest(path: path)
        }
        #expect(error?.code == .unreadableText && error?.message.contains("line 1: expected UTF-8") == true)
    }
}
