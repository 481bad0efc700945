extension ContainerProbe {
    /// Sun and NeXT audio: a fixed header, with the codec in its fourth word.
    func au(_ head: HeaderBytes) throws(AudioError) -> ProbedAudio {
        guard let codec = head.integer(UInt32.self, at: 12, .big), head.bytes.count >= 24 else {
            throw corrupt(.au, "the header is cut short")
        }
        // µ-law, PCM of 8 to 32 bit, float, double, A-law.
        guard 1...7 ~= codec || codec == 27 else {
            throw .unsupportedCodec("AU with codec \(codec)", path: file.path)
        }
        return ProbedAudio(container: .au, slices: [0..<file.byteCount])
    }

    /// Ogg: the first page (RFC 3533 §6) holds the first header packet of the codec, which begins with its name.
    func ogg(_ head: HeaderBytes) throws(AudioError) -> ProbedAudio {
        guard head.bytes.count > 26 else { throw corrupt(.ogg, "the first page is cut short") }
        let packet = 27 + Int(head.bytes[26])
        if head.has("OpusHead", at: packet) || head.has([1] + "vorbis".utf8, at: packet) {
            return ProbedAudio(container: .ogg, slices: [0..<file.byteCount])
        }
        let name = Self.otherOggCodecs.first { head.has($0.magic, at: packet) }?.name ?? "an unknown codec"
        throw .unsupportedCodec("Ogg with \(name)", path: file.path)
    }

    /// MPEG audio; `nil` when no frame header stands at the start. Layout: ISO/IEC 11172-3 §2.4.1.3.
    func mpeg(_ stream: HeaderBytes, at start: Int64) throws(AudioError) -> ProbedAudio? {
        guard let word = stream.integer(UInt32.self, at: 0, .big), word >> 21 == 0x7FF else { return nil }
        let version = word >> 19 & 3
        let layer = word >> 17 & 3
        let bitRate = word >> 12 & 15
        let sampleRate = word >> 10 & 3
        // Version 1, bit rate 15 and rate 3 are reserved. Layer 0 is AAC in ADTS, which ForeignFormat names.
        guard version != 1, layer != 0, bitRate != 15, sampleRate != 3 else { return nil }
        guard layer == 1 else {
            throw .unsupportedCodec("MPEG audio layer \(layer == 3 ? "I" : "II")", path: file.path)
        }
        return ProbedAudio(container: .mpeg, slices: [start..<file.byteCount])
    }

    private static let otherOggCodecs: [(magic: [UInt8], name: String)] = [
        (Array("Speex   ".utf8), "Speex"), ([0x7F] + "FLAC".utf8, "FLAC"), (Array("fLaC".utf8), "FLAC"),
        ([0x80] + "theora".utf8, "Theora video"), (Array("fishead\0".utf8), "a skeleton track"),
        (Array("PCM     ".utf8), "PCM"), ([0x80] + "kate".utf8, "Kate subtitles"),
    ]
}
