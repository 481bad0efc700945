import CSndfile

/// The containers that are read, and what they may hold.
enum AudioContainer: String, CaseIterable {
    case wave = "WAV"
    case aiff = "AIFF"
    case au = "AU"
    case flac = "FLAC"
    case ogg = "Ogg"
    case mpeg = "MP3"

    /// Whether libsndfile found this container, with a codec of the list.
    func permits(_ format: SampleFormat) -> Bool {
        switch self {
        case .wave:
            [SF_FORMAT_WAV, SF_FORMAT_WAVEX, SF_FORMAT_RF64].contains(format.container)
                && (Self.plain.contains(format.codec) || format.codec == SF_FORMAT_GSM610)
        case .aiff: format.container == SF_FORMAT_AIFF && Self.plain.contains(format.codec)
        case .au: format.container == SF_FORMAT_AU && Self.plain.contains(format.codec)
        case .flac: format.container == SF_FORMAT_FLAC && Self.plain.contains(format.codec)
        case .ogg:
            format.container == SF_FORMAT_OGG && [SF_FORMAT_VORBIS, SF_FORMAT_OPUS].contains(format.codec)
        case .mpeg: format.container == SF_FORMAT_MPEG && format.codec == SF_FORMAT_MPEG_LAYER_III
        }
    }

    /// Codecs without state: each sample stands for itself.
    static let plain = [
        SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,
        SF_FORMAT_DOUBLE, SF_FORMAT_ULAW, SF_FORMAT_ALAW,
    ]
}
