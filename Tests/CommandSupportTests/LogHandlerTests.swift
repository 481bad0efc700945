import Foundation
import Logging
import Testing

@testable import CommandSupport

@Suite struct LogHandlerTests {
    private let date = Date(timeIntervalSince1970: 1_700_000_000)

    private func event(_ level: Logger.Level, _ message: Logger.Message, _ metadata: Logger.Metadata? = nil) -> LogEvent
    {
        LogEvent(level: level, message: message, metadata: metadata, source: nil, file: "", function: "", line: 0)
    }

    @Test func textLinesAreAligned() {
        var handler = TextLogHandler()
        handler.metadata = ["worker": "w1"]
        let lines = [
            handler.line(for: event(.info, "job", ["status": "OK", "job": "j-1", "decode": "0.1"]), at: date),
            handler.line(for: event(.critical, "waiting for jobs", ["group": "g"]), at: date),
            handler.line(for: event(.debug, "a message longer than most", ["error": "no \"topic\""]), at: date),
        ]
        // The time is local.
        #expect(lines.allSatisfy { $0.prefix(12).count { $0 == ":" } == 2 })
        #expect(
            lines.map { $0.dropFirst(12) } == [
                "  info      job               job=j-1  status=OK  decode=0.1  worker=w1",
                "  critical  waiting for jobs  group=g  worker=w1",
                "  debug     a message longer than most  error=\"no \\\"topic\\\"\"  worker=w1",
            ])
    }

    @Test func textWithoutMetadataHasNoTrail() {
        #expect(TextLogHandler().line(for: event(.info, "left"), at: date).hasSuffix("  info      left"))
    }

    @Test func whatComesFromOutsideStaysOnItsLine() {
        let line = TextLogHandler().line(for: event(.info, "a\nb", ["k": "x\r\n\u{1B}[2Jy", "none": ""]), at: date)
        #expect(line.hasSuffix("a b               k=\"x   [2Jy\"  none=\"\""))
    }
}
