/// What a reader can take in. The figures are those of subtitling guides.
struct SubtitleOptions: Sendable {
    /// Columns of a line, of which characters of East Asia take two.
    var lineLength = 42
    /// Lines that are shown together.
    var lines = 2
    /// Columns a second; where there are more, a cue stays for as long as nothing follows.
    var readingSpeed = 20.0
    /// Seconds a cue stays at most, unless reading takes longer, and at least, where nothing follows.
    var longest = 7.0, shortest = 1.0
}
