/// WAV files written byte by byte.
struct WaveFile {
    enum Codec: UInt16 {
        case pcm = 1
        case float = 3
        case aLaw = 6
        case muLaw = 7
    }

    var tag: UInt16
    var bits: UInt16
    var channels: UInt16 = 1
    var rate: UInt32 = 16_000
    var data: [UInt8] = []
    /// What the `data` chunk says it holds, when that is a lie.
    var claimedSize: UInt32?
    /// Whole chunks between the RIFF header and `fmt `.
    var chunksBefore: [UInt8] = []
    /// Whole chunks after `data`.
    var chunksAfter: [UInt8] = []

    init(_ codec: Codec, bits: UInt16, channels: UInt16 = 1, rate: UInt32 = 16_000, data: [UInt8] = []) {
        tag = codec.rawValue
        self.bits = bits
        self.channels = channels
        self.rate = rate
        self.data = data
    }

    /// 16-bit PCM.
    init(_ samples: [Int16], channels: UInt16 = 1, rate: UInt32 = 16_000) {
        self.init(.pcm, bits: 16, channels: channels, rate: rate, data: samples.flatMap(Self.littleEndian))
    }

    /// 32-bit float.
    init(_ samples: [Float], channels: UInt16 = 1, rate: UInt32 = 16_000) {
        self.init(
            .float, bits: 32, channels: channels, rate: rate, data: samples.flatMap { Self.littleEndian($0.bitPattern) }
        )
    }

    var bytes: [UInt8] {
        let frame = channels &* (bits / 8)
        let format =
            Self.littleEndian(tag) + Self.littleEndian(channels) + Self.littleEndian(rate)
            + Self.littleEndian(rate &* UInt32(frame)) + Self.littleEndian(frame) + Self.littleEndian(bits)
        let chunks =
            chunksBefore + Self.chunk("fmt ", format) + Self.chunk("data", data, claimedSize: claimedSize) + chunksAfter
        return Array("RIFF".utf8) + Self.littleEndian(UInt32(4 + chunks.count)) + Array("WAVE".utf8) + chunks
    }

    static func chunk(_ name: String, _ body: [UInt8], claimedSize: UInt32? = nil) -> [UInt8] {
        Array(name.utf8) + littleEndian(claimedSize ?? UInt32(body.count)) + body
            + (body.count.isMultiple(of: 2) ? [] : [0])
    }

    static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian, Array.init)
    }
}
