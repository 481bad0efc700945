import Testing

@testable import dragoman

@Suite struct SubtitleTrackTests {
    private func track(_ segments: (Double, Double, String)..., options: SubtitleOptions = SubtitleOptions())
        -> [SubtitleCue]
    {
        SubtitleTrack(segments.map { ResultLine.Segment(start: $0.0, end: $0.1, text: $0.2) }, options).cues
    }

    @Test func aShortTextIsACue() {
        #expect(track((1, 3, "Good morning.")) == [SubtitleCue(start: 1000, end: 3000, lines: ["Good morning."])])
        #expect(track((1, 3, "")).isEmpty && track((1, 3, "  ")).isEmpty)
    }

    @Test func twoLinesAreAboutAsLong() {
        let cues = track((0, 5, "The conference is full at this time, please try to call us again later."))
        #expect(cues.map(\.lines) == [["The conference is full at this time,", "please try to call us again later."]])
    }

    @Test func longTextsAreCutAtSentences() {
        let text =
            "Press one to accept this recording, otherwise, please continue to hold. Your call is important to us. "
            + "You are the first caller in line and somebody will be with you shortly, so do not hang up, please."
        let cues = track((10, 26, text))
        #expect(cues.flatMap(\.lines).joined(separator: " ") == text)
        #expect(cues.first?.lines.last?.hasSuffix(".") == true)
        #expect(cues.allSatisfy { $0.lines.count <= 2 && $0.lines.allSatisfy { $0.count <= 42 } })
        #expect(cues.first?.start == 10_000 && cues.last?.end == 26_000)
        #expect(zip(cues, cues.dropFirst()).allSatisfy { $0.end == $1.start })
    }

    @Test func thereIsTimeToRead() {
        // Forty columns take two seconds, and there is room for them before the next.
        let text = String(repeating: "abcd ", count: 8)
        let cues = track((0, 1, text), (10, 10.5, text), (11, 12, "x"))
        #expect(cues.map(\.end) == [1950, 11_000, 12_000])
        // What stays too long is taken away.
        #expect(track((0, 18, "OK.")).map(\.end) == [7000])
    }

    @Test func timesRiseWhateverTheSegmentsSay() {
        let text = String(repeating: "word ", count: 60)
        let cues = track((0, 0.01, text), (0.005, 0.005, text), (0, 1, "x"), (1e9, 2e9, "late"))
        #expect(cues.allSatisfy { $0.start < $0.end })
        #expect(zip(cues, cues.dropFirst()).allSatisfy { $0.end <= $1.start })
    }

    @Test func scriptsWithoutSpaces() {
        let text = String(repeating: "今天天气很好，我们去公园散步吧。", count: 4)
        let cues = track((0, 16, text))
        #expect(cues.flatMap(\.lines).joined() == text)
        #expect(cues.allSatisfy { $0.lines.count <= 2 && $0.lines.allSatisfy { $0.columns <= 42 } })
        #expect(cues.flatMap(\.lines).allSatisfy { !"，。".contains($0.first ?? " ") })
        let mixed = "我用 Swift 编程 and English words"
        #expect(track((0, 3, mixed)).flatMap(\.lines) == [mixed])
    }

    @Test func aWordThatFitsNowhere() {
        let word = String(repeating: "x", count: 100)
        let cues = track((0, 20, "a \(word) b"))
        #expect(cues.flatMap(\.lines).joined().filter { $0 == "x" }.count == 100)
        #expect(cues.flatMap(\.lines).allSatisfy { $0.columns <= 42 })
    }

    @Test func layoutIsTheCallers() {
        var options = SubtitleOptions()
        (options.lineLength, options.lines) = (12, 1)
        let cues = track((0, 9, "one two three four five six"), options: options)
        #expect(cues.allSatisfy { $0.lines.count == 1 && $0.columns <= 12 } && cues.count > 2)
    }

    @Test func writtenForms() {
        let segments = [
            ResultLine.Segment(start: 1.5, end: 3, text: "a --> b & <c>"),
            ResultLine.Segment(start: 3723.004, end: 3725, text: "d"),
        ]
        let track = SubtitleTrack(segments)
        #expect(
            track.subRip == """
                1
                00:00:01,500 --> 00:00:03,000
                a -> b & <c>

                2
                01:02:03,004 --> 01:02:05,000
                d


                """)
        #expect(
            track.webVTT == """
                WEBVTT

                00:00:01.500 --> 00:00:03.000
                a --&gt; b &amp; &lt;c&gt;

                01:02:03.004 --> 01:02:05.000
                d


                """)
        #expect(SubtitleTrack([]).subRip.isEmpty && SubtitleTrack([]).webVTT == "WEBVTT\n\n")
    }
}
