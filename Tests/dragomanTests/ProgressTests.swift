import Testing

@testable import dragoman

@Suite struct ProgressTests {
    private let report = ProgressReport(
        verb: "done", done: 1234, total: 10_000, failed: 12, audioSeconds: 7500,
        work: ProgressReport.Work(done: 25, total: 100))

    private func bar(_ report: ProgressReport, secondsLeft: Double? = 3600, unicode: Bool = true) -> ProgressBar {
        let style = TerminalStyle(
            isTerminal: true, environment: ["LANG": unicode ? "C.UTF-8" : "C", "NO_COLOR": "1"])
        return ProgressBar(report: report, secondsLeft: secondsLeft, style: style)
    }

    @Test(arguments: [
        (
            140,
            "[██████████                              ]  25%  1,234 of 10,000 done  12 failed  2 h 05 min of audio  1 h 00 min left"
        ),
        (90, "[███         ]  25%  1,234 of 10,000 done  12 failed  2 h 05 min of audio  1 h 00 min left"),
        (80, "[█████▊                 ]  25%  1,234 of 10,000 done  12 failed  1 h 00 min left"),
        (60, "1,234 of 10,000 done  12 failed  1 h 00 min left"),
        (40, "1,234 of 10,000 done  12 failed"),
        (20, "1,234 of 10,000 don…"),
    ])
    func fitsTheTerminal(width: Int, line: String) {
        #expect(bar(report).line(width: width) == line)
    }

    @Test func everyWidth() {
        for width in 1...200 { #expect(bar(report).line(width: width).columns <= width) }
    }

    @Test func withoutUnicode() {
        #expect(bar(report, unicode: false).line(width: 80).hasPrefix("[#####                  ]  25%"))
    }

    @Test func noTotalNoBar() {
        let report = ProgressReport(verb: "sent", done: 5)
        #expect(bar(report, secondsLeft: nil).line(width: 80) == "5 sent")
    }

    @Test func lengthsThatAreNone() {
        for work in [(Double.nan, 1.0), (1, .infinity), (.infinity, .infinity), (-1, 1), (5, 1)] {
            var report = report
            report.work = ProgressReport.Work(done: work.0, total: work.1)
            #expect(bar(report, secondsLeft: .nan).line(width: 100).columns <= 100)
        }
    }

    @Test func styles() {
        let colored = TerminalStyle(isTerminal: true, environment: ["LC_ALL": "de_DE.utf8", "LANG": "C"])
        #expect(colored.isTerminal && colored.isUnicode && colored.isColored)
        #expect(colored.red("x") == "\u{1B}[31mx\u{1B}[0m")
        let plain = TerminalStyle(isTerminal: true, environment: ["LC_ALL": "C", "LANG": "C.UTF-8", "NO_COLOR": "1"])
        #expect(plain.isTerminal && !plain.isUnicode && !plain.isColored)
        #expect(TerminalStyle(isTerminal: true, environment: ["NO_COLOR": ""]).isColored)
        #expect(!TerminalStyle(isTerminal: true, environment: ["TERM": "dumb"]).isTerminal)
        #expect(!TerminalStyle(isTerminal: false, environment: [:]).isColored)
    }

    @Test func paceOfTheLastMinutes() {
        var rate = ProgressRate()
        rate.add(0, at: 0)
        #expect(rate.secondsLeft(of: 10) == nil)
        rate.add(5, at: 1)
        #expect(rate.secondsLeft(of: 10) == nil)
        rate.add(10, at: 10)
        #expect(rate.secondsLeft(of: 10) == 10)
        // A slower pace is all that counts once the faster one is long ago.
        for second in 11...1000 { rate.add(10 + Double(second - 10) / 10, at: Double(second)) }
        let secondsLeft = rate.secondsLeft(of: 10) ?? 0
        #expect(abs(secondsLeft - 100) < 1)
        // Nothing done makes it longer.
        rate.add(109, at: 1100)
        #expect((rate.secondsLeft(of: 10) ?? 0) > 500)
        rate.reset()
        #expect(rate.secondsLeft(of: 10) == nil)
    }

    @Test func numbersForPeople() {
        #expect(
            [0, 12, 999, 1000, 1_234_567, -1000].map(ReadableNumber.count) == [
                "0", "12", "999", "1,000", "1,234,567", "-1,000",
            ])
        #expect(
            [0, 59.4, 59.6, 200, 3600, 7500, 4_000_000, .nan, .infinity, -5].map(ReadableNumber.duration) == [
                "0 s", "59 s", "1 min 00 s", "3 min 20 s", "1 h 00 min", "2 h 05 min", "1,111 h 06 min", "?", "?",
                "0 s",
            ])
    }
}
