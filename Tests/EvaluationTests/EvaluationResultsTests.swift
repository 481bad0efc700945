import Foundation
import Platform
import TestSupport
import Testing

@testable import Evaluation

@Suite struct EvaluationResultsTests {
    private let folder: TemporaryDirectory
    private let path: String

    init() throws {
        folder = try TemporaryDirectory()
        path = folder.file("results.jsonl")
    }

    static func record(_ item: String, _ text: String = "text", status: String = "OK", seconds: Double = 1)
        -> EvaluationRecord
    {
        EvaluationRecord(
            item: item, status: status, text: text, beamScore: -0.5, meanTokenLogprob: -0.25, audioSeconds: 2,
            seconds: seconds, finishTime: 100, reason: status == "OK" ? nil : "AUDIO_CORRUPT",
            model: EvaluatedModel(name: "m", digest: "00", precision: "float32"))
    }

    private func add(_ records: [EvaluationRecord], _ header: EvaluationHeader = .init(decoding: [:])) throws {
        var writer = try EvaluationResultsWriter(path: path) { _ in header }
        for record in records { try writer.append(record) }
    }

    @Test func whatIsWrittenIsRead() throws {
        let records = [Self.record("a", "ä\n\u{2028}\"\\"), Self.record("b", "", status: "FAILED")]
        try add(records, EvaluationHeader(decoding: ["beams": "5"], batch: "b"))
        let results = try EvaluationResults(path: path)
        #expect(results.header.decoding == ["beams": "5"] && results.header.batch == "b")
        #expect(results.records == ["a": records[0], "b": records[1]])
        #expect(try SegmentFile.lines(of: path).count == 3)
    }

    @Test func theLastLineOfARecordingCounts() throws {
        try add([Self.record("a", "", status: "FAILED")])
        try add([Self.record("b"), Self.record("a", "now")])
        #expect(try EvaluationResults(path: path).records["a"]?.text == "now")
    }

    /// Whatever byte the process died after, what was complete stays and the rest is written over.
    @Test func aLineThatWasCutOffIsWrittenAnew() throws {
        try add([Self.record("a"), Self.record("b")])
        let bytes = try Data(contentsOf: URL(filePath: path))
        let header = (bytes.firstIndex(of: 10) ?? 0) + 1
        for count in header..<bytes.count {
            try bytes.prefix(count).write(to: URL(filePath: path))
            let complete = try EvaluationResults(path: path).records.count
            try add([Self.record("c")])
            let lines = try SegmentFile.lines(of: path)
            #expect(lines.count == 2 + complete)
            #expect(try EvaluationResults(path: path).records["c"] != nil)
        }
    }

    @Test func resultsOfSomethingElseAreRefused() throws {
        let model = EvaluatedModel(name: "m", digest: "0123456789abcdef", precision: "int8")
        try add([], EvaluationHeader(decoding: ["beams": "5"], model: model))
        func message(_ header: EvaluationHeader) -> String {
            #expect(throws: EvaluationError.self) { try add([], header) }?.message ?? ""
        }
        #expect(
            message(EvaluationHeader(decoding: [:], model: model)).contains("made with beams 5: give another folder"))
        let other = EvaluatedModel(name: "m", digest: "f", precision: "int8")
        #expect(message(EvaluationHeader(decoding: ["beams": "5"], model: other)).contains("m (0123456789ab, int8)"))
        #expect(message(EvaluationHeader(decoding: ["beams": "5"], batch: "b")).contains("made with one model"))
        try add([], EvaluationHeader(decoding: ["beams": "5"], model: model))
    }

    @Test func foreignFilesStayAsTheyAre() throws {
        for text in ["not ours", "{}\n", "{\"evaluation\":1,\"decoding\":{}}\nnonsense\n"] {
            try Data(text.utf8).write(to: URL(filePath: path))
            let error = #expect(throws: EvaluationError.self) { try add([Self.record("a")]) }
            #expect(error?.code == .invalidResults)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
    }

    @Test func oneAtATime() throws {
        let header = EvaluationHeader(decoding: [:])
        let writer = try EvaluationResultsWriter(path: path) { _ in header }
        let error = #expect(throws: SystemError.self) { try add([]) }
        #expect(error?.errorNumber == EWOULDBLOCK)
        #expect(writer.results.records.isEmpty)
    }
}
