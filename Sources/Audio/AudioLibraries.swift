import CSndfile
import CSoxr

/// The libraries that decode and resample, and what this build of them can do.
public enum AudioLibraries {
    /// libsndfile's version.
    public static var sndfileVersion: String {
        // "libsndfile-1.2.0"
        String(cString: sf_version_string()).split(separator: "-").last.map(String.init) ?? ""
    }

    /// libsoxr's version.
    public static var soxrVersion: String {
        // "libsoxr-0.1.3"
        soxr_version().flatMap { String(cString: $0).split(separator: "-").last.map(String.init) } ?? ""
    }

    /// The containers that ``AudioDecoder`` reads and whether this libsndfile was built with them.
    public static var containers: [(name: String, isReadable: Bool)] {
        let known = majorFormats
        return AudioContainer.allCases.map { ($0.rawValue, known.contains($0.majorFormat)) }
    }

    private static var majorFormats: Set<Int32> {
        var count: Int32 = 0
        sf_command(nil, Int32(SFC_GET_FORMAT_MAJOR_COUNT), &count, Int32(MemoryLayout<Int32>.size))
        var formats: Set<Int32> = []
        for index in 0..<max(count, 0) {
            var info = SF_FORMAT_INFO()
            info.format = index
            if sf_command(nil, Int32(SFC_GET_FORMAT_MAJOR), &info, Int32(MemoryLayout<SF_FORMAT_INFO>.size)) == 0 {
                formats.insert(info.format)
            }
        }
        return formats
    }
}

extension AudioContainer {
    fileprivate var majorFormat: Int32 {
        switch self {
        case .wave: Int32(SF_FORMAT_WAV)
        case .aiff: Int32(SF_FORMAT_AIFF)
        case .au: Int32(SF_FORMAT_AU)
        case .flac: Int32(SF_FORMAT_FLAC)
        case .ogg: Int32(SF_FORMAT_OGG)
        case .mpeg: Int32(SF_FORMAT_MPEG)
        }
    }
}
