/// The containers that may be sent, told by how their files begin.
enum RecordingType: String, CaseIterable, Sendable {
    case wav
    case flac
    case ogg
    case mp3
    case aiff
    case au

    /// How names of such files end.
    static let suffixes = ["wav", "flac", "ogg", "oga", "opus", "mp3", "aiff", "aif", "au"]

    /// Bytes that are looked at.
    static let headLength = 12

    /// - Returns: `nil` for a file that is none of them, or not as long.
    init?(head: [UInt8]) {
        guard head.count >= Self.headLength else { return nil }
        func has(_ text: String, at start: Int = 0) -> Bool { head.dropFirst(start).starts(with: text.utf8) }
        if has("RIFF") || has("RF64"), has("WAVE", at: 8) {
            self = .wav
        } else if has("fLaC") {
            self = .flac
        } else if has("OggS") {
            self = .ogg
        } else if has("FORM"), has("AIF", at: 8) {
            self = .aiff
        } else if has(".snd") {
            self = .au
        } else if has("ID3") || head[0] == 0xFF && head[1] & 0xE0 == 0xE0 && head[1] & 0x06 != 0 {
            self = .mp3
        } else {
            return nil
        }
    }
}
