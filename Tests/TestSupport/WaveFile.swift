/// WAV files written byte by byte.
public struct WaveFile: Sendable {
    /// Format tags.
    public enum Codec: UInt16, Sendable {
        case pcm = 1
        case float = 3
        case aLaw = 6
        case muLaw = 7
    }

    /// Format tag of the `fmt ` chunk.
    public var tag: UInt16
    /// Bits of a sample.
    public var bits: UInt16
    /// Channels, interleaved.
    public var channels: UInt16 = 1
    /// Frames a second.
    public var rate: UInt32 = 16_000
    /// Contents of the `data` chunk.
    public var data: [UInt8] = []
    /// What the `data` chunk says it holds, when that is a lie.
    public var claimedSize: UInt32?
    /// Whole chunks between the RIFF header and `fmt `.
    public var chunksBefore: [UInt8] = []
    /// Whole chunks after `data`.
    public var chunksAfter: [UInt8] = []

    /// A file of some coding with its data as they are.
    public init(_ codec: Codec, bits: UInt16, channels: UInt16 = 1, rate: UInt32 = 16_000, data: [UInt8] = []) {
        tag = codec.rawValue
        self.bits = bits
        self.channels = channels
        self.rate = rate
        self.data = data
    }

    /// 16-bit PCM.
    public init(_ samples: [Int16], channels: UInt16 = 1, rate: UInt32 = 16_000) {
        self.init(.pcm, bits: 16, channels: channels, rate: rate, data: samples.flatMap(Self.littleEndian))
    }

    /// 32-bit float.
    public init(_ samples: [Float], channels: UInt16 = 1, rate: UInt32 = 16_000) {
        self.init(
            .float, bits: 32, channels: channels, rate: rate, data: samples.flatMap { Self.littleEndian($0.bitPattern) }
        )
    }

    /// The file.
    public var bytes: [UInt8] {
        let frame = channels &* (bits / 8)
        let format =
            Self.littleEndian(tag) + Self.littleEndian(channels) + Self.littleEndian(rate)
            + Self.littleEndian(rate &* UInt32(frame)) + Self.littleEndian(frame) + Self.littleEndian(bits)
        let chunks =
            chunksBefore + Self.chunk("fmt ", format) + Self.chunk("data", data, claimedSize: claimedSize) + chunksAfter
        return Array("RIFF".utf8) + Self.littleEndian(UInt32(4 + chunks.count)) + Array("WAVE".utf8) + chunks
    }

    /// A RIFF chunk, padded to an even length.
    public static func chunk(_ name: String, _ body: [UInt8], claimedSize: UInt32? = nil) -> [UInt8] {
        Array(name.utf8) + littleEndian(claimedSize ?? UInt32(body.count)) + body
            + (body.count.isMultiple(of: 2) ? [] : [0])
    }

    /// A number as WAV files hold it.
    public static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian, Array.init)
    }

    /// 16-bit mono with a quiet saw-tooth in it.
    public static func sawTooth(sampleCount: Int, sampleRate: UInt32 = 16_000) -> WaveFile {
        WaveFile((0..<sampleCount).map { Int16($0 % 200 * 50) }, rate: sampleRate)
    }
}
