import Audio
import Foundation
import TestSupport
import Testing

@Suite struct AudioDecoderRangeTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// One second at 16 kHz in which every sample tells its place.
    private func ramp() throws -> String {
        try directory.write(WaveFile((0..<16_000).map { Int16($0) }).bytes, to: "ramp.wav")
    }

    @Test func aRangeIsCutAtTheFrame() throws {
        let clip = try AudioDecoder().decode(path: ramp(), range: 0.25..<0.5)
        #expect(clip.samples == (4_000..<8_000).map { Float($0) / 32_768 })
        #expect(clip.duration == 0.25)
    }

    @Test func neighboursShareNoFrameAndMissNone() throws {
        let path = try ramp()
        let bounds = [0, 0.1, 0.33333, 0.33337, 0.7, 0.9999, 1]
        let pieces = try zip(bounds, bounds.dropFirst()).map {
            try AudioDecoder().decode(path: path, range: $0..<$1).samples
        }
        #expect(try pieces.flatMap(\.self) == AudioDecoder().decode(path: path).samples)
    }

    @Test func anEndBehindTheEndIsTheEnd() throws {
        let path = try ramp()
        for end in [1, 1.5, 1e9, 1e300, .infinity] {
            #expect(try AudioDecoder().decode(path: path, range: 0.75..<end).samples.count == 4_000)
        }
    }

    @Test(arguments: [1..<2, 1e6..<2e6, -1..<1, 0.5..<0.5, 0.5..<0.50001, Double.infinity..<Double.infinity])
    func whatCoversNothingIsRefused(range: Range<Double>) throws {
        let path = try ramp()
        let error = #expect(throws: AudioError.self) { try AudioDecoder().decode(path: path, range: range) }
        #expect(error?.code == .invalidRange)
        #expect(error?.message.contains(path) == true)
    }

    /// Whether the start is sought or decoded up to, the frames are those of the whole.
    @Test(arguments: ["double.au", "vorbis.ogg", "stereo.mp3", "opus.ogg", "gsm.wav", "stereo.flac", "long-16.rf64"])
    func everyFormatCutsWhereItShould(name: String) throws {
        let whole = try AudioDecoder().decode(path: Samples.path(name))
        let piece = try AudioDecoder().decode(path: Samples.path(name), range: 0.06..<0.1)
        #expect(abs(piece.duration - 0.04) < 1e-9)
        // Away from the edges, where the resampler's filter sees silence instead of the neighbours.
        let inner = 200..<440
        let difference = inner.reduce(Float(0)) { max($0, abs(piece.samples[$1] - whole.samples[960 + $1])) }
        #expect(difference < 2e-3)
    }

    @Test func farIntoAnEnormousFile() throws {
        // 8 h of µ-law and 5.2 GB of RF64, sparse on disk but for a mark at the end.
        let hours = directory.file("hours.wav")
        var file = WaveFile(.muLaw, bits: 8, rate: 8_000)
        file.claimedSize = 8_000 * 28_800
        try writeSparse(file.bytes, size: 8_000 * 28_800, mark: [0x80, 0x80], to: hours)
        let end = try AudioDecoder().decode(path: hours, range: 28_799..<30_000)
        #expect(end.duration == 1)
        #expect(end.samples.suffix(4).contains { abs($0) > 0.1 })

        let long = directory.file("long.rf64")
        let size = 5_200_000_000
        try writeSparse(Self.rf64(size: size), size: size, mark: [0xFF, 0x3F], to: long)
        let clip = try AudioDecoder(limits: .init(startSeconds: 1e6)).decode(
            path: long, range: 162_499..<Double.infinity)
        #expect(clip.samples.count == 16_000)
        #expect(clip.samples.last == Float(0x3FFF) / 32_768)
    }

    /// The header of an RF64 file of 16-bit mono at 16 kHz.
    private static func rf64(size: Int) -> [UInt8] {
        let sizes =
            WaveFile.littleEndian(UInt64(size + 72)) + WaveFile.littleEndian(UInt64(size))
            + WaveFile.littleEndian(UInt64(size / 2)) + WaveFile.littleEndian(UInt32(0))
        var file = WaveFile(.pcm, bits: 16)
        file.chunksBefore = WaveFile.chunk("ds64", sizes)
        file.claimedSize = .max
        return Array("RF64".utf8) + WaveFile.littleEndian(UInt32.max) + file.bytes.dropFirst(8)
    }

    private func writeSparse(_ header: [UInt8], size: Int, mark: [UInt8], to path: String) throws {
        try Data(header).write(to: URL(filePath: path))
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.seek(toOffset: UInt64(header.count + size - mark.count))
        try handle.write(contentsOf: mark)
        try handle.close()
    }
}
