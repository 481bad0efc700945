import ArgumentParser

/// How the translation of one recording is written.
enum TranscriptFormat: String, ExpressibleByArgument, CaseIterable {
    case text, jsonl, tsv, srt, vtt

    /// What its files' names end in.
    var suffix: String { self == .text ? "txt" : rawValue }

    /// The whole file, the line feed at its end included.
    func document(_ line: ResultLine, _ options: SubtitleOptions = SubtitleOptions()) -> String {
        switch self {
        case .text: line.text + "\n"
        case .jsonl: line.json + "\n"
        case .tsv:
            // Times in milliseconds.
            (["start\tend\ttext"]
                + line.segments.map { segment in
                    "\(Int((segment.start * 1000).rounded()))\t\(Int((segment.end * 1000).rounded()))\t\(segment.text.onOneLine)"
                }).joined(separator: "\n") + "\n"
        case .srt: SubtitleTrack(line.segments, options).subRip
        case .vtt: SubtitleTrack(line.segments, options).webVTT
        }
    }
}
