import Audio
import TestSupport
import Testing

@Suite struct AudioProbeTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    @Test func headersTellTheLength() throws {
        let samples = [Int16](repeating: 0, count: 2 * 11_025)
        let path = try folder.write(WaveFile(samples, channels: 2, rate: 22_050).bytes, to: "a.wav")
        let probe = try AudioProbe(path: path)
        #expect(probe.duration == 0.5 && probe.sampleRate == 22_050 && probe.channels == 2)
    }

    @Test func theSameFilesAreRefusedAsInDecoding() throws {
        let text = try folder.write(Array("not audio".utf8), to: "b.wav")
        let unsupported = #expect(throws: AudioError.self) { try AudioProbe(path: text) }
        #expect(unsupported?.code == .unsupportedContainer)
        let missing = #expect(throws: AudioError.self) { try AudioProbe(path: folder.file("missing")) }
        #expect(missing?.code == .notFound)
    }

    @Test func suffixes() {
        for name in ["a.wav", "a.b.FLAC", ".Opus", "x/y.mp3"] { #expect(AudioSuffix.isKnown(of: name)) }
        for name in ["wav", "a.wav.txt", "a.", "", "a.wav "] { #expect(!AudioSuffix.isKnown(of: name)) }
    }
}
