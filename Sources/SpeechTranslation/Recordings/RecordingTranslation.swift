/// What became of a recording.
public struct RecordingTranslation: Sendable, Hashable {
    /// How it ended.
    public enum Status: Sendable, Hashable {
        /// It was translated.
        case ok
        /// There is less audio than the encoder needs; no text.
        case tooShort
        /// Nobody speaks in it; no text.
        case noSpeech
    }

    /// How it ended.
    public var status: Status
    /// The segments in which somebody speaks, in the order of time; one where the recording was not cut.
    public var segments: [SegmentTranslation]
    /// Seconds of the recording, and of speech in it.
    public var audioSeconds: Double, speechSeconds: Double
    /// Seconds spent on all segments: those of segments that were translated together count for each.
    public var timings: Translation.Timings

    /// Code of the language it was translated into; `nil` where the engine was given nothing.
    public var targetLanguage: String?

    /// The segments' texts together, as the language writes them.
    public var text: String {
        let texts = segments.map(\.translation.text).filter { !$0.isEmpty }
        return texts.joined(separator: Self.separator(targetLanguage ?? ""))
    }

    /// What stands between two sentences: nothing in Chinese and Japanese.
    /// - Parameter language: a code such as `zh` or `zh_CN`.
    public static func separator(_ language: String) -> String {
        ["zh", "ja"].contains(language.prefix { $0 != "_" && $0 != "-" }.lowercased()) ? "" : " "
    }
}
