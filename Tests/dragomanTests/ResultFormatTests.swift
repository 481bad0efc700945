import Jobs
import Testing

@testable import dragoman

@Suite struct ResultFormatTests {
    private let results: [TranslationResult]

    init() {
        var good = TranslationResult()
        good.jobID = "j1"
        good.status = .ok
        good.audio.uri = "file:///data/a%20b.wav"
        good.audioSeconds = 12.34
        good.text = "tab\tand\nline"
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
        results = [good, bad]
    }

    @Test func tsv() throws {
        #expect(
            try ResultFormat.tsv.lines(results, width: nil) == [
                "file\tstatus\ttext\terror\taudio_seconds\ttarget_language\tjob_id",
                "/data/a b.wav\tOK\ttab and line\t\t12.34\ten\tj1",
                "s3://bucket/key.wav\tFAILED\t\tAUDIO_NOT_FOUND: gone\t0.0\t\tj2",
            ])
    }

    @Test func table() throws {
        #expect(
            try ResultFormat.table.lines(results, width: nil) == [
                "FILE     STATUS  SECONDS  TRANSLATION",
                "a b.wav  OK         12.3  tab and line",
                "key.wav  FAILED        -  AUDIO_NOT_FOUND: gone",
            ])
        #expect(try ResultFormat.table.lines(results, width: 30)[1] == "a b.wav  OK         12.3  tab…")
    }

    @Test func jsonLines() throws {
        let lines = try ResultFormat.jsonl.lines(results, width: nil)
        let parsed = try ParsedLine.parse(lines.map { $0[...] })
        #expect(parsed[0].tokens == [1, 2, 3] && parsed[0].beamScore == nil && parsed[0].file == "/data/a b.wav")
        #expect(parsed[1].error?.reason == "AUDIO_NOT_FOUND" && parsed[1].audioSeconds == nil)
    }
}
