/// WAV files made for tests.
public enum WaveFile {
    /// The bytes of a 16-bit mono file with a quiet saw-tooth in it.
    public static func bytes(sampleCount: Int, sampleRate: UInt32 = 16_000) -> [UInt8] {
        let data = (0..<sampleCount).flatMap { little(UInt16(truncatingIfNeeded: ($0 % 200) * 50)) }
        let format = little(UInt16(1)) + little(UInt16(1)) + little(sampleRate) + little(sampleRate * 2)
        return Array("RIFF".utf8) + little(UInt32(36 + data.count)) + Array("WAVEfmt ".utf8) + little(UInt32(16))
            + format + little(UInt16(2)) + little(UInt16(16)) + Array("data".utf8) + little(UInt32(data.count)) + data
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian, Array.init)
    }
}
