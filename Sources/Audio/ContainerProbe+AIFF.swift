extension ContainerProbe {
    /// AIFF and AIFF-C. libsndfile gets to see the chunks `COMM` and `SSND`, in this order; files may have them in any.
    ///
    /// Layout: Apple, "Audio Interchange File Format AIFF-C", 1991.
    func aiff(_ head: HeaderBytes) throws(AudioError) -> ProbedAudio {
        var common: Chunk?
        var sound: Chunk?
        var position: Int64 = 12
        for _ in 0..<Self.chunkLimit {
            guard let chunk = try chunk(at: position, .big) else { break }
            switch chunk.name {
            case "COMM" where common == nil:
                if head.has("AIFC", at: 8) { try checkCodec(of: chunk) }
                common = chunk
            case "SSND" where sound == nil:
                sound = chunk
            default:
                break
            }
            if let common, let sound {
                return ProbedAudio(container: .aiff, slices: [0..<12, slice(common), slice(sound)])
            }
            position = chunk.end
        }
        throw corrupt(.aiff, common == nil ? "no 'COMM' chunk" : "no 'SSND' chunk")
    }

    private func checkCodec(of common: Chunk) throws(AudioError) {
        guard common.size >= 22, let codec = try file.header(at: common.body + 18, count: 4).name(at: 0) else {
            throw corrupt(.aiff, "the 'COMM' chunk is cut short")
        }
        guard Self.aiffCodecs.contains(codec) else {
            throw .unsupportedCodec("AIFF with codec '\(codec)'", path: file.path)
        }
    }

    /// PCM of either byte order, float, A-law and µ-law, as written by the usual programs.
    private static let aiffCodecs: Set<String> = [
        "NONE", "twos", "sowt", "raw ", "in24", "ni24", "42ni", "in32", "ni32", "23ni", "fl32", "FL32", "fl64", "FL64",
        "alaw", "ALAW", "ulaw", "ULAW",
    ]
}
