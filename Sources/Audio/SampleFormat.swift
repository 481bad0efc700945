import CSndfile

/// Container and codec as libsndfile numbers them.
struct SampleFormat {
    let container: Int
    let codec: Int

    init(_ format: Int32) {
        container = Int(format) & Int(SF_FORMAT_TYPEMASK)
        codec = Int(format) & Int(SF_FORMAT_SUBMASK)
    }

    /// What libsndfile calls them, such as "WAV (Microsoft), IMA ADPCM".
    var description: String {
        "\(Self.name(container) ?? "an unknown container"), \(Self.name(codec) ?? "an unknown codec")"
    }

    private static func name(_ format: Int) -> String? {
        var info = SF_FORMAT_INFO(format: Int32(truncatingIfNeeded: format), name: nil, extension: nil)
        let size = Int32(MemoryLayout<SF_FORMAT_INFO>.size)
        guard sf_command(nil, Int32(SFC_GET_FORMAT_INFO), &info, size) == 0 else { return nil }
        return info.name.map { String(cString: $0) }
    }
}
