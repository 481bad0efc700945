import Coordinator
import Foundation
import Jobs
import Kafka
import Testing

@testable import Coordinator
@testable import dragoman

@Suite struct ResultFormatTests {
    private let results: [GatheredResult]

    init() throws {
        var good = TranslationResult()
        good.jobID = "j1"
        good.status = .ok
        good.audio.uri = "file:///data/a%20b.wav"
        good.audioSeconds = 12.34
        good.text = "tab\tand\nline, \"quoted\""
        good.targetLanguage = "en"
        good.segments = [ResultSegment(), ResultSegment()]
        good.segments[0].tokens = [1, 2]
        good.segments[1].tokens = [3]
        good.segments[0].beamScore = -1
        var bad = TranslationResult()
        bad.jobID = "j2"
        bad.status = .failed
        bad.audio.uri = "s3://bucket/key.wav"
        bad.error.reason = .audioNotFound
        bad.error.message = "gone"
        results = try [good, bad].map { result in
            let record = KafkaRecord(topic: "results", partition: 0, offset: 0)
            return GatheredResult(
                result, encoded: try MessageCodec.encode(result, as: .protobuf),
                rank: ResultRank(run: 0, of: record))
        }
    }

    private func text(_ format: ResultFormat, columns: Int? = nil) throws -> String {
        let style = TerminalStyle(isTerminal: true, environment: ["LANG": "C.UTF-8"])
        var bytes: [UInt8] = []
        try format.write(results, terminal: columns.map { (style: style, columns: $0) }) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func tsv() throws {
        #expect(
            try text(.tsv) == """
                file\tstatus\ttext\terror\taudio_seconds\ttarget_language\tjob_id
                /data/a b.wav\tOK\ttab and line, "quoted"\t\t12.34\ten\tj1
                s3://bucket/key.wav\tFAILED\t\tAUDIO_NOT_FOUND: gone\t0.0\t\tj2

                """)
    }

    @Test func csv() throws {
        #expect(
            try text(.csv) == """
                file,status,text,error,audio_seconds,target_language,job_id
                /data/a b.wav,OK,"tab\tand
                line, ""quoted""\",,12.34,en,j1
                s3://bucket/key.wav,FAILED,,AUDIO_NOT_FOUND: gone,0.0,,j2

                """)
    }

    @Test func table() throws {
        #expect(
            try text(.table) == """
                FILE     STATUS  SECONDS  TRANSLATION
                a b.wav  OK         12.3  tab and line, "quoted"
                key.wav  FAILED        -  AUDIO_NOT_FOUND: gone

                """)
        #expect(try text(.table, columns: 30).split(separator: "\n")[1] == "a b.wav  OK         12.3  tab…")
    }

    @Test func plainText() throws {
        #expect(try text(.text) == "tab and line, \"quoted\"\n\n")
    }

    @Test func jsonLines() throws {
        let lines = try text(.jsonl).split(separator: "\n")
        let parsed = try ParsedLine.parse(lines)
        #expect(parsed[0].tokens == [1, 2, 3] && parsed[0].beamScore == nil && parsed[0].file == "/data/a b.wav")
        #expect(parsed[0].text == "tab\tand\nline, \"quoted\"")
        #expect(parsed[1].error?.reason == "AUDIO_NOT_FOUND" && parsed[1].audioSeconds == nil)
        #expect(lines[0].hasPrefix(#"{"file":"/data/a b.wav","status":"OK","text":"#))
    }

    @Test func formOfAFile() {
        let formats: [ResultFormat?] = [.jsonl, .tsv, .csv, .text, nil, nil]
        #expect(["a.jsonl", "b.x.TSV", "c.csv", "d.txt", "e", "tsv"].map(ResultFormat.init(fileName:)) == formats)
    }

    @Test func columnsOfText() {
        #expect("abc".columns == 3 && "日本語".columns == 6 && "e\u{301}".columns == 1)
        #expect("日本語".cut(toColumns: 5) == "日本…" && "日本語".cut(toColumns: 4) == "日…")
        #expect("abc".cut(toColumns: 2, ellipsis: "") == "ab" && "abc".cut(toColumns: 0) == "")
    }
}
