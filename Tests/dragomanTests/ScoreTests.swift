import Evaluation
import Foundation
import TestSupport
import Testing

/// `dragoman score`, and the scores behind it, against sacreBLEU itself on texts that are different every time.
@Suite(.timeLimit(.minutes(6))) struct ScoreTests {
    private struct Line: Decodable {
        struct Signature: Decodable {
            let bleu: String
            let chrf2: String
        }

        struct Bootstrap: Decodable {
            struct Estimate: Decodable {
                let mean: Double
                let ci: Double
                let pValue: Double?
            }

            let bleu: Estimate
            let chrf2: Estimate
        }

        let file: String
        let bleu: Double
        let precisions: [Double]
        let bp: Double
        let hypLen: Int
        let refLen: Int
        let chrf2: Double
        let signature: Signature
        let bootstrap: Bootstrap?
    }

    private struct Theirs: Decodable {
        struct BLEU: Decodable {
            let score: Double
            let precisions: [Double]
            let bp: Double
            let hypLen: Int
            let refLen: Int
            let signature: String
        }

        struct CHRF: Decodable {
            let score: Double
            let signature: String
            let sentences: [Double]
        }

        struct Paired: Decodable {
            let signature: String
            let pValue: Double
            let means: [Double]
            let cis: [Double]
        }

        let bleu: [String: BLEU]
        let sentences: [String: [Double]]
        let chrf: CHRF
        let paired: [String: Paired]
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func write(_ lines: [String], to name: String) throws -> String {
        try folder.write((lines.joined(separator: "\n") + "\n").utf8, to: name)
    }

    private func score(_ arguments: [String]) async throws -> [Line] {
        let outcome = try await Tool.run(["score", "--json"] + arguments)
        try #require(outcome.status == 0, "\(outcome.messages)")
        return try outcome.lines.map { try Self.decoder.decode(Line.self, from: Data($0.utf8)) }
    }

    @Test func randomTextsScoreAsSacreBLEUSays() async throws {
        let python = try TestRequirement.variable("DRAGOMAN_TEST_PYTHON")
        let seed = UInt64.random(in: 0 ... .max)
        var texts = RandomTexts(seed: seed)
        let references = (0..<120).map { _ in texts.sentence() }
        let first = references.map { texts.disturbed($0) }
        let second = references.map { texts.disturbed($0) }
        let files = try [
            write(references, to: "references"), write(first, to: "first"), write(second, to: "second"),
        ]
        let script = Fixtures.root.appending(path: "Tests/Clients/sacrebleu_scores.py").path(percentEncoded: false)
        let outcome = try await Program.run(python, [script] + files)
        try #require(outcome.status == 0, "\(outcome.messages)")
        let theirs = try Self.decoder.decode(Theirs.self, from: Data(outcome.output.utf8))
        for tokenizer in BLEUTokenizer.allCases {
            let expected = try #require(theirs.bleu[tokenizer.rawValue])
            let line = try #require(
                try await score(
                    ["--reference", files[0], "--hypothesis", files[1], "--tokenize", tokenizer.rawValue]
                ).first)
            #expect(abs(line.bleu - expected.score) < 1e-9, "seed \(seed)")
            #expect(zip(line.precisions, expected.precisions).allSatisfy { abs($0 - $1) < 1e-9 }, "seed \(seed)")
            #expect(abs(line.bp - expected.bp) < 1e-12 && line.hypLen == expected.hypLen, "seed \(seed)")
            #expect(line.refLen == expected.refLen && line.signature.bleu == expected.signature, "seed \(seed)")
            #expect(abs(line.chrf2 - theirs.chrf.score) < 1e-9 && line.signature.chrf2 == theirs.chrf.signature)
            let metric = BLEU(tokenizer: tokenizer, usesEffectiveOrder: true)
            try check(metric, files, #require(theirs.sentences[tokenizer.rawValue]), seed)
        }
        try check(CHRF(), files, theirs.chrf.sentences, seed)

        let lines = try await score(["--reference", files[0], "--hypothesis", files[1], files[2]])
        let paired = try #require(theirs.paired["BLEU"])
        #expect(
            lines.count == 2 && lines[1].signature.bleu == paired.signature && lines[0].bootstrap?.bleu.pValue == nil)
        for (line, (mean, ci)) in zip(lines, zip(paired.means, paired.cis)) {
            #expect(abs((line.bootstrap?.bleu.mean ?? .nan) - mean) < 1e-3, "seed \(seed)")
            #expect(abs((line.bootstrap?.bleu.ci ?? .nan) - ci) < 1e-3, "seed \(seed)")
        }
        #expect(abs((lines[1].bootstrap?.bleu.pValue ?? .nan) - paired.pValue) < 3.5 / 1001, "seed \(seed)")
        #expect(
            abs((lines[1].bootstrap?.chrf2.pValue ?? .nan) - (theirs.paired["chrF2"]?.pValue ?? .nan)) < 3.5 / 1001,
            "seed \(seed)")
    }

    private func check(_ metric: some TextMetric, _ files: [String], _ expected: [Double], _ seed: UInt64) throws {
        let (references, hypotheses) = (
            try SegmentFile(path: files[0]).segments, try SegmentFile(path: files[1]).segments
        )
        #expect(hypotheses.count == expected.count)
        for (index, (hypothesis, reference)) in zip(hypotheses, references).enumerated() {
            let ours = metric.score(hypothesis: hypothesis, reference: reference)
            #expect(abs(ours - expected[index]) < 1e-9, "seed \(seed), sentence \(index)")
        }
    }

    /// What people read is what sacreBLEU's command prints.
    @Test func linesAreSacreBLEUs() async throws {
        let python = try TestRequirement.variable("DRAGOMAN_TEST_PYTHON")
        let (references, first) = (Fixtures.path("scores/references.txt"), Fixtures.path("scores/first.txt"))
        for (tokenizer, width) in [("13a", 1), ("zh", 4), ("char", 2)] {
            let ours = try await Tool.run([
                "score", "--reference", references, "--hypothesis", first, "--tokenize", tokenizer, "--width",
                "\(width)",
            ])
            let theirs = try await Program.run(
                python,
                [
                    "-m", "sacrebleu", references, "-i", first, "-m", "bleu", "chrf", "-f", "text", "-w", "\(width)",
                    "--tokenize", tokenizer,
                ])
            #expect(ours.output == theirs.output && !ours.output.isEmpty, "\(theirs.messages)")
        }
    }

    @Test func whatCanBeWrong() async throws {
        let (two, three) = (try write(["a", "b"], to: "two"), try write(["a", "b", "c"], to: "three"))
        let uneven = try await Tool.run(["score", "--reference", three, "--hypothesis", two])
        #expect(uneven.status == 1 && uneven.messages.contains("has 2 lines, \(three) has 3"))
        let empty = try folder.write([], to: "empty")
        let nothing = try await Tool.run(["score", "--reference", empty, "--hypothesis", empty])
        #expect(nothing.status == 1 && nothing.messages.contains("the file is empty"))
        let bytes = try folder.write([0xFF, 0x0A], to: "bytes")
        let unreadable = try await Tool.run(["score", "--reference", bytes, "--hypothesis", bytes])
        #expect(unreadable.status == 1 && unreadable.messages.contains("line 1: expected UTF-8"))
        let missing = try await Tool.run(["score", "--reference", two, "--hypothesis", folder.file("no")])
        #expect(missing.status == 1 && missing.messages.contains("No such file"))
        for option in [["--tokenize", "mecab"], ["--bootstrap", "0"], ["--width", "99"]] {
            #expect(try await Tool.run(["score", "--reference", two, "--hypothesis", two] + option).status == 2)
        }
    }
}

/// Sentences of words in many scripts, between white space of many kinds.
private struct RandomTexts {
    private static let words = [
        "the", "of", "It's", "3.5", "1,000", "-", "10-20", ".", ",", "...", "e.g.", "&quot;", "&amp;", "<skipped>", "%",
        "(x)", "“”", "—",
        "今天", "日本の", "、", "\u{FF0C}", "\u{20000}", "\u{F900}", "한국어", "\u{1112}\u{1161}", "السلام", "٣٫٥", "தமிழ்", "नमस्ते",
        "กำ", "é",
        "e\u{301}", "ß", "ﬁ", "İ", "😀", "👩‍👧", "🇩🇪", "\u{200B}", "\u{FEFF}", "\u{10FFFF}", "\u{AD}", "x\u{336}", "½", "√2",
        "€5", "a-",
        "5.", ".5", "a.b", "7,", "\\", "\u{180E}",
    ]
    private static let spaces = [
        " ", " ", " ", " ", "  ", "", "\t", "\u{A0}", "\u{3000}", "\u{2028}", "\u{85}", "\u{1F}", "\r",
    ]

    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func sentence() -> String {
        (0..<Int.random(in: 0...25, using: &generator)).map { _ in
            (Self.words.randomElement(using: &generator) ?? "") + (Self.spaces.randomElement(using: &generator) ?? "")
        }.joined()
    }

    /// The sentence with code points left out, doubled or replaced.
    mutating func disturbed(_ sentence: String) -> String {
        let share = Double.random(in: 0...0.3, using: &generator)
        var scalars = String.UnicodeScalarView()
        for scalar in sentence.unicodeScalars {
            guard Double.random(in: 0...1, using: &generator) < share else {
                scalars.append(scalar)
                continue
            }
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: scalars.append(contentsOf: [scalar, scalar])
            case 1: scalars.append(contentsOf: (Self.words.randomElement(using: &generator) ?? "").unicodeScalars)
            default: break
            }
        }
        return String(scalars)
    }
}
