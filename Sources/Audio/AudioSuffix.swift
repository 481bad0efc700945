/// The endings by which files that may hold audio are told from others. What a file really is, its bytes say.
public enum AudioSuffix {
    /// The suffixes of the containers that are read, in lower case without their dot.
    public static let known: Set<String> = [
        "wav", "wave", "rf64", "flac", "ogg", "oga", "opus", "mp3", "aif", "aiff", "aifc", "au", "snd",
    ]

    /// Whether a file's name ends in one of them, in whatever case.
    public static func isKnown(of name: String) -> Bool {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return known.contains(name[name.utf8.index(after: dot)...].lowercased())
    }
}
