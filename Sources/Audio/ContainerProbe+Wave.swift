extension ContainerProbe {
    /// RIFF/WAVE and RF64. libsndfile gets to see the chunks `ds64`, `fmt ` and `data`, in this order.
    ///
    /// Layout: Microsoft, "Multimedia Programming Interface and Data Specifications 1.0"; EBU Tech 3306 for RF64.
    func wave(_ head: HeaderBytes) throws(AudioError) -> ProbedAudio {
        let isRF64 = head.has("RF64")
        var longSizes: Chunk?
        var format: Chunk?
        var position: Int64 = 12
        for _ in 0..<Self.chunkLimit {
            guard let chunk = try chunk(at: position, .little) else { break }
            switch chunk.name {
            case "ds64" where isRF64 && longSizes == nil:
                longSizes = chunk
            case "fmt " where format == nil:
                try checkCodec(of: chunk)
                format = chunk
            case "data":
                guard let format else { throw corrupt(.wave, "no 'fmt ' chunk before 'data'") }
                let data = try data(chunk, longSizes: longSizes, head)
                let header = [0..<12] + [longSizes, format].compactMap { $0.map(slice) }
                return ProbedAudio(container: .wave, slices: header + [data])
            default:
                break
            }
            position = chunk.end
        }
        throw corrupt(.wave, format == nil ? "no 'fmt ' chunk" : "no 'data' chunk")
    }

    /// The slice of the `data` chunk. Its size is not to be trusted, and stands elsewhere in an RF64 file; a file that
    /// was never closed says 0 and a RIFF size of 8, which libsndfile reads to the end of the file.
    private func data(_ chunk: Chunk, longSizes: Chunk?, _ head: HeaderBytes) throws(AudioError) -> Range<Int64> {
        var size = chunk.size
        if size == UInt32.max, let longSizes {
            let sizes = try file.header(at: longSizes.body, count: 16)
            size = Int64(clamping: sizes.integer(UInt64.self, at: 8, .little) ?? .max)
        }
        let unclosed = size == 0 && head.integer(UInt32.self, at: 4, .little) == 8
        let available = max(0, file.byteCount - chunk.body)
        // With its padding: libsndfile 1.2 counts it as data, and GSM 6.10 then has one block more.
        let padded = size &+ size & 1
        return chunk.start..<chunk.body + (unclosed || padded < size ? available : min(padded, available))
    }

    private func checkCodec(of format: Chunk) throws(AudioError) {
        let fields = try file.header(at: format.body, count: Int(min(format.size, 40)))
        guard fields.bytes.count >= 14, var tag = fields.integer(UInt16.self, at: 0, .little) else {
            throw corrupt(.wave, "the 'fmt ' chunk is cut short")
        }
        // WAVE_FORMAT_EXTENSIBLE keeps the codec in the first bytes of a GUID.
        if tag == 0xFFFE {
            guard let subformat = fields.integer(UInt16.self, at: 24, .little) else {
                throw corrupt(.wave, "the 'fmt ' chunk is cut short")
            }
            tag = subformat
        }
        guard Self.waveCodecs.contains(tag) else {
            let name = Self.otherWaveCodecs[tag] ?? "codec 0x" + String(tag, radix: 16)
            throw .unsupportedCodec("WAV with \(name)", path: file.path)
        }
    }

    /// PCM, IEEE float, A-law, µ-law, GSM 6.10.
    private static let waveCodecs: Set<UInt16> = [0x0001, 0x0003, 0x0006, 0x0007, 0x0031]

    /// Names of what else is met (RFC 2361).
    private static let otherWaveCodecs: [UInt16: String] = [
        0x0002: "Microsoft ADPCM", 0x0010: "OKI ADPCM", 0x0011: "IMA ADPCM", 0x0014: "G.723 ADPCM",
        0x0017: "Dialogic ADPCM (VOX)", 0x0022: "TrueSpeech", 0x0038: "NMS ADPCM", 0x0040: "G.721 ADPCM",
        0x0042: "G.723.1", 0x0045: "G.726 ADPCM", 0x0050: "MPEG layer I or II", 0x0055: "MP3", 0x0064: "G.726 ADPCM",
        0x0065: "G.722 ADPCM", 0x0083: "G.729", 0x00FF: "AAC", 0x0160: "Windows Media Audio",
        0x0161: "Windows Media Audio", 0x0162: "Windows Media Audio", 0x1600: "AAC", 0x2000: "AC-3",
        0xF1AC: "FLAC",
    ]
}
