/// Windows that follow each other: a segment, or what lies between segments.
struct WindowSpan: Hashable {
    var range: Range<Int>
    /// Whether it is a segment.
    var isSpeech: Bool
}
