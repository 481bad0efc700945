import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct EvaluationReportTests {
    private struct Line {
        var direction: String
        var reference: String
        var text: String
        var status = "OK"
    }

    private func items(_ lines: [Line]) throws -> [EvaluationItem] {
        let folder = try TemporaryDirectory()
        let rows = lines.enumerated().map { index, line in
            let codes = line.direction.split(separator: "-")
            return "clip\(index).wav\t\(codes[0])\t\(codes[1])\t\(line.reference)"
        }
        let text = "path\tsource\ttarget\ttranslation\n" + rows.joined(separator: "\n") + "\n"
        return try EvaluationManifest(path: folder.write(text.utf8, to: "m.tsv")).items
    }

    private func results(_ lines: [Line], model: String = "wav2vec2-xls-r-300m-21-to-en") throws -> EvaluationResults {
        var results = EvaluationResults(header: EvaluationHeader(decoding: ["beams": "5"]))
        for (item, line) in zip(try items(lines), lines) {
            results.records[item.key] = EvaluationRecord(
                item: item.key, status: line.status, text: line.text, beamScore: -1, meanTokenLogprob: -0.5,
                audioSeconds: line.status == "OK" ? 4 : nil, seconds: line.status == "OK" ? 2 : 0,
                finishTime: Double(100 + results.records.count), reason: line.status == "OK" ? nil : "AUDIO_CORRUPT",
                model: EvaluatedModel(name: model, digest: String(repeating: "a", count: 64), precision: "mixed"))
        }
        return results
    }

    private static let lines = [
        Line(direction: "fr-en", reference: "The cat sat on the mat today.", text: "The cat sat on the mat today."),
        Line(direction: "fr-en", reference: "A | b * c", text: "A <b> _c_"),
        Line(direction: "tr-en", reference: "Nothing came of it.", text: "", status: "FAILED"),
        Line(direction: "de-en", reference: "One two three four five.", text: "One two three four six."),
        Line(direction: "en-zh", reference: "今天天气很好。", text: "今天天气不好。"),
        Line(direction: "en-ja", reference: "今日はいい天気です。", text: "今日はいい天気だ。"),
        Line(direction: "xx-yy", reference: "a b c d", text: "a b c d"),
    ]

    @Test func scoresByDirectionAndGroup() throws {
        let report = try EvaluationReport(
            items: items(Self.lines), system: EvaluatedSystem(results: results(Self.lines)))
        #expect(report.directions.map(\.direction.code) == ["fr-en", "de-en", "tr-en", "en-zh", "en-ja", "xx-yy"])
        #expect(report.directions.map(\.tokenizer) == [.thirteenA, .thirteenA, .thirteenA, .zh, .char, .thirteenA])
        #expect(report.segments == 7 && report.failed == 1 && report.missing == 0 && report.size == .small)
        let french = try #require(report.directions.first)
        let pairs = Self.lines.prefix(2).map { ($0.text, $0.reference) }
        #expect(french.bleu == BLEU().score(counts: CorpusCounts(BLEU(), pairs).total))
        #expect(french.chrf2 == CHRF().score(counts: CorpusCounts(CHRF(), pairs).total))
        #expect(french.published.map(\.bleu) == [32.9, 36.2, 37.6] && french.verdict == .usable)
        // A recording that failed is a translation of nothing.
        #expect(report.directions[2].bleu == 0 && report.directions[2].failed == 1)
        #expect(report.directions[2].verdict == .unusable)
        #expect(report.groups.map(\.name) == ["high", "low", "into English", "from English"])
        #expect(report.groups.map(\.directions) == [2, 1, 3, 2])
        #expect(report.groups.map(\.publishedDirections) == [4, 12, 21, 15])
        let bleu = report.directions.map(\.bleu)
        #expect(abs(report.groups[2].bleu - (bleu[0] + bleu[1] + bleu[2]) / 3) < 1e-12)
        #expect(report.groups[3].published.map(\.bleu) == [26.0, 27.8])
        #expect(report.signatures.bleu.keys.sorted() == ["13a", "char", "zh"])
        // Intervals of 2 s that end 1 s after one another: 6 of them, the third left out.
        #expect(report.times.audioSeconds == 24 && report.times.busySeconds == 8)
        #expect(report.times.medianRealTimeFactor == 0.5)
    }

    @Test func theWorstComeFirstAndTheRightOnesNot() throws {
        let report = try EvaluationReport(
            items: items(Self.lines), system: EvaluatedSystem(results: results(Self.lines)), worstCount: 3)
        #expect(report.worst.first?.item == "tr-en/clip2.wav" && report.worst.first?.reason == "AUDIO_CORRUPT")
        #expect(report.worst.count == 3 && report.worst.map(\.chrf2) == report.worst.map(\.chrf2).sorted())
        #expect(!report.worst.contains { $0.reference == $0.translation })
    }

    @Test func comparisonWithABaseline() throws {
        var other = Self.lines
        other[0].text = "The dog sat on a mat."
        other[4].text = other[4].reference
        let report = try EvaluationReport(
            items: items(Self.lines), system: EvaluatedSystem(results: results(Self.lines)),
            baseline: EvaluatedSystem(name: "other", results: results(other)),
            resampling: Resampling(count: 100, seed: 1))
        let (french, german) = (report.directions[0], report.directions[1])
        #expect((french.bleuComparison?.difference ?? 0) > 0 && (french.chrf2Comparison?.difference ?? 0) > 0)
        #expect(german.bleuComparison?.difference == 0 && german.bleuComparison?.pValue == 1)
        #expect((report.directions[3].bleuComparison?.difference ?? 0) < 0)
        #expect(report.signatures.chrf2.hasPrefix("nrefs:1|bs:100|seed:1|case:mixed"))
        #expect(report.groups.allSatisfy { $0.baselineBLEU != nil })
        #expect(report.markdown(picture: "p.svg").contains("## Against other"))
    }

    @Test func recordingsWithoutAResultDoNotCount() throws {
        var some = try results(Self.lines)
        some.records["fr-en/clip1.wav"] = nil
        let report = try EvaluationReport(items: items(Self.lines), system: EvaluatedSystem(results: some))
        #expect(report.segments == 6 && report.missing == 1 && report.directions[0].segments == 1)
        #expect(report.markdown(picture: "").contains("not counted: 1"))
        some.records = [:]
        #expect(throws: EvaluationError.self) {
            try EvaluationReport(items: items(Self.lines), system: EvaluatedSystem(results: some))
        }
    }

    @Test func markdownSaysWhatThePaperDoes() throws {
        let report = try EvaluationReport(
            items: items(Self.lines), system: EvaluatedSystem(results: results(Self.lines)))
        let text = report.markdown(picture: "report.svg")
        #expect(text.contains("| French into English (fr-en) | 2 | 0 | 13a |") && text.contains("32.9 r"))
        #expect(text.contains("By the paper, 0.3B is unusable for Turkish into English."))
        #expect(text.contains("*r* is recalled") && text.contains("![BLEU by direction](report.svg)"))
        // Texts stand in cells as they are.
        #expect(text.contains(#"| A \| b \* c | A \<b> \_c\_ |"#))
    }

    @Test func jsonHasAllDigits() throws {
        let report = try EvaluationReport(
            items: items(Self.lines), system: EvaluatedSystem(results: results(Self.lines)))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        let directions = try #require(object["directions"] as? [[String: Any]])
        #expect(directions[0]["bleu"] as? Double == report.directions[0].bleu)
        #expect((directions[0]["direction"] as? [String: String]) == ["source": "fr", "target": "en"])
        #expect((object["times"] as? [String: Any])?["real_time_factor"] as? Double == report.times.realTimeFactor)
    }

    /// Any XML parser reads it, and the bars are as long as the scores say.
    @Test func pictureIsXML() throws {
        let report = try EvaluationReport(
            items: items(Self.lines),
            system: EvaluatedSystem(name: "a <b> & \"c\"\u{1}", results: results(Self.lines)),
            baseline: EvaluatedSystem(name: "other", results: results(Self.lines)))
        let svg = report.svg
        #expect(svg.hasPrefix("<svg xmlns=") && svg.hasSuffix("</svg>\n"))
        #expect(svg.contains("a &lt;b&gt; &amp; &quot;c&quot; </text>") && !svg.contains("\u{1}"))
        #expect(svg.split(separator: "fill=\"#2f6f9f\"").count - 1 == 1 + report.directions.count)
        for name in ["Into English, high resources", "From English", "Other directions", "XLS-R 0.3B"] {
            #expect(svg.contains(name))
        }
        #expect(!svg.contains("XLS-R 2B"))
    }
}
