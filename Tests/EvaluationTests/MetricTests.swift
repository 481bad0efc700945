import TestSupport
import Testing

@testable import Evaluation

/// Scores, their parts and their signatures equal sacreBLEU's: of the corpus and of every sentence, on texts in many scripts
/// and on the demonstration's.
@Suite struct MetricTests {
    private typealias Pair = (hypothesis: String, reference: String)

    private let goldens: ScoreGoldens

    init() throws { goldens = try ScoreGoldens.load() }

    @Test(arguments: ["first", "second"])
    func oddTexts(_ system: String) throws {
        let pairs: [Pair] = Array(zip(try ScoreGoldens.lines(system), try ScoreGoldens.lines("references")))
        #expect(pairs.count == 220)
        check(pairs, system == "first" ? goldens.pairs : goldens.second)
    }

    @Test(arguments: ["hf_beam5", "hf_greedy"])
    func demonstration(_ column: String) throws {
        let pairs: [Pair] = Array(zip(try ScoreGoldens.samples(column), try ScoreGoldens.samples("reference")))
        #expect(pairs.count > 20)
        check(pairs, try #require(goldens.demo[column]))
    }

    private func check(_ pairs: [Pair], _ expected: ScoreGoldens.Scores) {
        #expect(expected.bleu.keys.sorted() == BLEUTokenizer.allCases.map(\.rawValue).sorted())
        for tokenizer in BLEUTokenizer.allCases {
            let metric = BLEU(tokenizer: tokenizer)
            guard let theirs = expected.bleu[tokenizer.rawValue],
                let sentences = expected.sentenceBleu[tokenizer.rawValue]
            else { continue }
            let ours = metric.result(counts: CorpusCounts(metric, pairs).total)
            #expect(abs(ours.score - theirs.score) < 1e-9, "\(tokenizer)")
            #expect(zip(ours.precisions, theirs.precisions).allSatisfy { abs($0 - $1) < 1e-9 }, "\(tokenizer)")
            #expect(abs(ours.brevityPenalty - theirs.bp) < 1e-12, "\(tokenizer)")
            #expect(ours.matches == theirs.counts && ours.totals == theirs.totals, "\(tokenizer)")
            #expect(ours.hypothesisLength == theirs.sysLen && ours.referenceLength == theirs.refLen, "\(tokenizer)")
            #expect(metric.signature == theirs.signature)
            #expect("BLEU = \(ours.score.fixed(2)) \(ours.details)" == theirs.text)
            let sentence = BLEU(tokenizer: tokenizer, usesEffectiveOrder: true)
            check(pairs, sentence, sentences)
        }
        for (name, smooths) in [("default", false), ("eps", true)] {
            let metric = CHRF(smoothsWithEpsilon: smooths)
            guard let theirs = expected.chrf[name], let sentences = expected.sentenceChrf[name] else {
                Issue.record("no \(name)")
                continue
            }
            let ours = metric.score(counts: CorpusCounts(metric, pairs).total)
            #expect(abs(ours - theirs.score) < 1e-9)
            #expect(metric.signature == theirs.signature)
            #expect("chrF2 = \(ours.fixed(2))" == theirs.text)
            check(pairs, metric, sentences)
        }
    }

    private func check(_ pairs: [Pair], _ metric: some TextMetric, _ expected: [Double]) {
        #expect(pairs.count == expected.count)
        for (pair, theirs) in zip(pairs, expected) {
            let ours = metric.score(hypothesis: pair.hypothesis, reference: pair.reference)
            #expect(abs(ours - theirs) < 1e-9, "\(metric.signature): \(pair)")
        }
    }

    /// What Swift calls equal and Python does not.
    @Test func textIsCodePoints() {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        #expect(composed == decomposed)
        #expect(BLEU(tokenizer: .none).score(hypothesis: composed, reference: decomposed) == 0)
        #expect(CHRF().score(hypothesis: composed, reference: decomposed) < 100)
        #expect(BLEUTokenizer.char.words(decomposed).count == 5)
        #expect(BLEUTokenizer.char.words("🇩🇪👩‍👧").count == 5)
    }

    @Test func tokenizersSeparate() {
        func words(_ text: String, _ tokenizer: BLEUTokenizer) -> [String] {
            tokenizer.words(text).map { word in String(String.UnicodeScalarView(word.compactMap(UnicodeScalar.init))) }
        }
        #expect(
            words("It's 1,234.5-fold (e.g. x).", .thirteenA).joined(separator: " ")
                == "It's 1,234.5 - fold ( e . g . x ) .")
        #expect(words("&amp;lt;b&gt;", .thirteenA) == ["<", "b", ">"])
        #expect(words("我3.5元。 a,b", .zh) == ["我", "3.5", "元", "。", "a", ",", "b"])
        // sacreBLEU's list has general punctuation by mistake, and not the ideographs it means.
        #expect(words("a—b \u{20000}\u{20001}", .zh) == ["a", "—", "b", "\u{20000}\u{20001}"])
        #expect(words("a—b", .thirteenA) == ["a—b"])
        #expect(words(" a\u{A0}b\u{200B}c\u{3000}d ", .none) == ["a", "b\u{200B}c", "d"])
        #expect(words("今 日", .char) == ["今", "日"])
    }

    @Test func tokenizersByLanguage() {
        #expect(BLEUTokenizer(target: "zh-CN") == .zh && BLEUTokenizer(target: "zh_CN") == .zh)
        #expect(BLEUTokenizer(target: "ja") == .char && BLEUTokenizer(target: "en") == .thirteenA)
    }

    @Test func numbersAreRoundedAsPythonDoes() {
        #expect(
            0.125.fixed(2) == "0.12" && 0.375.fixed(2) == "0.38" && 2.5.fixed(0) == "2" && 99.95.fixed(1) == "100.0")
        #expect((-0.5).fixed(1) == "-0.5" && Double.greatestFiniteMagnitude.fixed(1).count == 311)
    }
}
