import CommandSupport
import Testing

@testable import dragoman

@Suite struct TextTests {
    @Test func durations() {
        let texts: [(Duration, String)] = [
            (.seconds(0), "0 s"), (.milliseconds(900), "0 s"), (.seconds(59), "59 s"), (.seconds(60), "1 min"),
            (.seconds(125), "2 min 5 s"), (.seconds(3600), "1 h"), (.seconds(12_059), "3 h 20 min"),
            (.seconds(352_800), "4 d 2 h"), (.seconds(-5), "0 s"),
        ]
        for (duration, text) in texts { #expect(duration.roughly == text) }
    }

    @Test func tables() {
        var table = TextTable([("NAME", .left), ("N", .right), ("NOTE", .left)])
        table.add(["a", "100", ""])
        table.add(["longer", "7", "two\nlines"])
        #expect(table.lines == ["NAME      N  NOTE", "a       100", "longer    7  two lines"])
    }

    @Test func wrapping() {
        #expect("one two three".wrapped(to: 7) == ["one two", "three"])
        #expect("incomprehensibilities are long".wrapped(to: 8) == ["incomprehensibilities", "are long"])
        #expect("".wrapped(to: 8).isEmpty)
    }

    @Test func usage() {
        let usage = "Error: x\nUsage: a b [--one <first value>] [--two] <file> ...\n  See"
        #expect(UsageText.wrapped(usage, columns: 80) == usage)
        #expect(
            UsageText.wrapped(usage, columns: 35)
                == "Error: x\nUsage: a b [--one <first value>]\n       [--two] <file> ...\n  See")
    }

    @Test func pagesAreCutToTheTerminal() {
        let lines = ["1234567", "2", "3", "4"]
        #expect(Page.fit(lines, columns: 4, rows: 24) == ["1234", "2", "3", "4"])
        #expect(Page.fit(lines, columns: 80, rows: 4) == ["1234567", "2", "… 2 more lines"])
        #expect(Page.fit(lines, columns: 80, rows: 1) == ["… 4 more lines"])
    }

    @Test func findings() {
        let failed = DoctorFinding("model", .failed, "no file\nthere", advice: "give it another folder that is right")
        #expect(
            DoctorLine(finding: failed, width: 51).lines == [
                "FAILED   model       no file there",
                "                     → give it another folder that",
                "                       is right",
            ])
        #expect(DoctorLine(finding: failed, isColoured: true).lines[0].hasPrefix("\u{1B}[31mFAILED   \u{1B}[0mmodel"))
        let open = DoctorFinding("broker", .notChecked, "not checked", advice: "give --brokers HOST:PORT")
        #expect(DoctorLine(finding: open).lines == ["-        broker      not checked: give --brokers HOST:PORT"])
    }
}
