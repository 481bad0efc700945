/// Cues for a whole recording. Within a segment the time is shared out by the length of the text.
struct SubtitleTrack {
    let cues: [SubtitleCue]

    init(_ segments: [ResultLine.Segment], _ options: SubtitleOptions = SubtitleOptions()) {
        var cues: [SubtitleCue] = []
        for segment in segments { cues += Self.cues(of: segment, options) }
        self.cues = Self.spread(cues, options)
    }

    private static func cues(of segment: ResultLine.Segment, _ options: SubtitleOptions) -> [SubtitleCue] {
        let text = SubtitleText(segment.text, options)
        let (start, end) = (milliseconds(segment.start), milliseconds(segment.end))
        let (columns, length) = (text.columns, Double(max(1, end - start)))
        guard columns > 0 else { return [] }
        // So few that a cue need not stay longer than it should.
        let limit = Int(options.longest * 1000 * Double(columns) / length)
        let texts = text.cues(limit: max(limit, options.lineLength / 2))
        let total = Double(max(1, texts.joined().reduce(0) { $0 + $1.columns }))
        var done = 0.0
        return texts.map { lines in
            let first = done
            done += Double(lines.reduce(0) { $0 + $1.columns })
            return SubtitleCue(
                start: start + Int((length * first / total).rounded()),
                end: start + Int((length * done / total).rounded()), lines: lines)
        }
    }

    /// Makes every cue last as long as it takes to read it, as far as nothing else is shown then, and none longer than it
    /// should; none begins before the one before it has ended.
    private static func spread(_ cues: [SubtitleCue], _ options: SubtitleOptions) -> [SubtitleCue] {
        var result = cues
        for index in result.indices {
            if index > 0 { result[index].start = max(result[index].start, result[index - 1].end) }
            let start = result[index].start
            let reading = Int((Double(result[index].columns) / options.readingSpeed * 1000).rounded(.up))
            let wanted = max(reading, milliseconds(options.shortest))
            let next = index + 1 < result.count ? max(result[index + 1].start, start + 1) : Int.max
            var end = max(result[index].end, start + 1)
            if end - start < wanted { end = start + wanted }
            end = min(end, start + max(wanted, milliseconds(options.longest)), next)
            result[index].end = max(end, start + 1)
        }
        return result
    }

    private static func milliseconds(_ seconds: Double) -> Int {
        // A day is more than any recording has.
        Int((min(max(seconds, 0), 1e6) * 1000).rounded())
    }

    /// SubRip: numbered cues, commas in the times.
    var subRip: String {
        cues.enumerated().map { index, cue in
            // An arrow would look like a line of times.
            let lines = cue.lines.map { $0.replacing("-->", with: "->") }.joined(separator: "\n")
            return "\(index + 1)\n\(Self.time(cue.start, ",")) --> \(Self.time(cue.end, ","))\n\(lines)\n\n"
        }.joined()
    }

    /// WebVTT: <https://www.w3.org/TR/webvtt1/>.
    var webVTT: String {
        "WEBVTT\n\n"
            + cues.map { cue in
                let lines = cue.lines.map(Self.escaped).joined(separator: "\n")
                return "\(Self.time(cue.start, ".")) --> \(Self.time(cue.end, "."))\n\(lines)\n\n"
            }.joined()
    }

    private static func escaped(_ line: String) -> String {
        line.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// `HH:MM:SS.mmm`
    private static func time(_ milliseconds: Int, _ separator: String) -> String {
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let seconds = milliseconds / 1000
        return "\(digits(seconds / 3600, 2)):\(digits(seconds / 60 % 60, 2)):\(digits(seconds % 60, 2))"
            + separator + digits(milliseconds % 1000, 3)
    }
}
