/// A recording with what it should become.
public struct EvaluationItem: Sendable, Hashable {
    /// Names it within an evaluation: direction and recording.
    public let key: String
    /// The direction.
    public let pair: LanguagePair
    /// Path of the audio, or a URI.
    public let audio: String
    /// What it should become.
    public let reference: String
    /// What is said, where the manifest has it.
    public let transcript: String?

    /// Whether the audio is named by a URI, which only the fleet can fetch.
    public var isURI: Bool { audio.contains("://") }
}
