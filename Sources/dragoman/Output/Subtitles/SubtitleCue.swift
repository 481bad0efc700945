/// Some lines that are shown for a while.
struct SubtitleCue: Equatable {
    /// From when to when, in milliseconds from the start of the recording.
    var start: Int, end: Int
    var lines: [String]

    var columns: Int { lines.reduce(0) { $0 + $1.columns } }
}
