import Audio
import Foundation
import Platform
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct AudioDecoderTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func decode(_ file: WaveFile) throws -> AudioClip {
        try AudioDecoder().decode(path: directory.write(file.bytes, to: "test.wav"))
    }

    @Test func pcmOfEveryWidthIsScaledToOne() throws {
        #expect(
            try decode(WaveFile([0, 16_384, -32_768, 32_767] as [Int16])).samples == [0, 0.5, -1, 32_767 / 32_768])
        let bytes = WaveFile(.pcm, bits: 8, data: [128, 192, 0, 255])
        #expect(try decode(bytes).samples == [0, 0.5, -1, 127 / 128])
        let three = WaveFile(.pcm, bits: 24, data: [0, 0, 0x40, 0, 0, 0x80])
        #expect(try decode(three).samples == [0.5, -1])
        let four = WaveFile(.pcm, bits: 32, data: [0, 0, 0, 0x40, 0, 0, 0, 0x80])
        #expect(try decode(four).samples == [0.5, -1])
    }

    @Test func floatsStayAsTheyAre() throws {
        let samples: [Float] = [0, 0.1, -1, 1.75, -32_768]
        #expect(try decode(WaveFile(samples)).samples == samples)
        let doubles = WaveFile(.float, bits: 64, data: samples.flatMap { WaveFile.littleEndian(Double($0).bitPattern) })
        #expect(try decode(doubles).samples == samples)
    }

    @Test func companded() throws {
        // ITU-T G.711, tables 1 and 2, at 16 bit.
        let aLaw = try decode(WaveFile(.aLaw, bits: 8, data: [0xD5, 0x55, 0xAA, 0x2A]))
        #expect(aLaw.samples == [8, -8, 32_256, -32_256].map { $0 / 32_768 })
        let muLaw = try decode(WaveFile(.muLaw, bits: 8, data: [0xFF, 0x7F, 0x80, 0x00]))
        #expect(muLaw.samples == [0, 0, 32_124, -32_124].map { $0 / 32_768 })
    }

    @Test func channelsAreMixedByTheirMean() throws {
        #expect(try decode(WaveFile([0.5, -0.25, 1, 1] as [Float], channels: 2)).samples == [0.125, 1])
        let many = WaveFile((0..<64).map { Float($0 % 32) }, channels: 32)
        #expect(try decode(many).samples == [15.5, 15.5])
    }

    @Test func sixteenKilohertzIsNotResampled() throws {
        let noise = (0..<100_000).map { Int16(truncatingIfNeeded: $0 &* 7919) }
        let clip = try decode(WaveFile(noise))
        #expect(clip.samples == noise.map { Float($0) / 32_768 })
        #expect(clip.duration == 6.25)
    }

    @Test(arguments: [1_000, 7_350, 11_025, 44_100, 48_000, 192_000, 768_000] as [UInt32])
    func durationIsInSecondsOfTheSource(rate: UInt32) throws {
        let clip = try decode(WaveFile([Int16](repeating: 100, count: Int(rate)), rate: rate))
        #expect(clip.duration == 1)
        #expect(clip.samples.count == 16_000)
    }

    @Test(arguments: [8_000, 16_000, 44_100] as [UInt32])
    func noFramesIsAnEmptyClip(rate: UInt32) throws {
        #expect(try decode(WaveFile([] as [Int16], rate: rate)) == AudioClip(samples: [], duration: 0))
    }

    @Test func oneFrameIsEnough() throws {
        #expect(try decode(WaveFile([16_384] as [Int16])).samples == [0.5])
        #expect(try decode(WaveFile([16_384] as [Int16], rate: 8_000)).samples.count == 2)
    }

    @Test func aStreamedFileIsReadToItsEnd() throws {
        var file = WaveFile([1, 2, 3] as [Int16])
        file.claimedSize = .max
        #expect(try decode(file).samples.count == 3)
    }

    @Test(arguments: [
        WaveFile([1, .nan, 0, 0] as [Float]), WaveFile([1, .infinity, 0] as [Float], rate: 8_000),
        WaveFile([0, -.infinity] as [Float], channels: 2), WaveFile([0, .signalingNaN] as [Float], channels: 2),
    ])
    func samplesThatAreNoNumbersAreRefused(file: WaveFile) throws {
        let error = #expect(throws: AudioError.self) { try decode(file) }
        #expect(error?.code == .invalidSamples)
    }

    @Test func anOvershootPastTheFloatRangeIsRefused() throws {
        let loud = (0..<1_000).map { $0 / 20 % 2 == 0 ? Float.greatestFiniteMagnitude : -.greatestFiniteMagnitude }
        let error = #expect(throws: AudioError.self) { try decode(WaveFile(loud, rate: 8_000)) }
        #expect(error?.code == .invalidSamples)
    }

    @Test func whatIsNoRegularFileIsRefusedAtOnce() throws {
        let pipe = directory.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        for path in [pipe, directory.path, "/dev/zero"] {
            let error = #expect(throws: AudioError.self) { try AudioDecoder().decode(path: path) }
            #expect(error?.code == .notReadable)
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test func aMissingFileIsNamed() throws {
        for path in [directory.file("absent.wav"), try directory.write([0], to: "file") + "/absent.wav"] {
            let error = #expect(throws: AudioError.self) { try AudioDecoder().decode(path: path) }
            #expect(error?.code == .notFound)
            #expect(error?.message.contains(path) == true)
            #expect(error?.isRetriable == false)
        }
    }

    @Test func aNulInThePathIsNotItsEnd() throws {
        let path = try directory.write(WaveFile([0] as [Int16]).bytes, to: "test.wav")
        let error = #expect(throws: AudioError.self) { try AudioDecoder().decode(path: path + "\0.wav") }
        #expect(error?.code == .notReadable)
    }

    @Test func onlyFaultsOfTheStorageAreRetriable() {
        let fault = SystemError(call: "pread", errorNumber: EIO, path: "/a.wav")
        #expect(AudioError(code: .notReadable, message: "", cause: fault).isRetriable)
        let denied = SystemError(call: "open", errorNumber: EACCES, path: "/a.wav")
        #expect(!AudioError(code: .notReadable, message: "", cause: denied).isRetriable)
        #expect(!AudioError(code: .corrupt, message: "").isRetriable)
    }

    @Test func decodersDoNotDisturbEachOther() async throws {
        let names = ["stereo.mp3", "vorbis.ogg", "extensible-24.wav", "stereo.flac"]
        let alone = try names.map { try AudioDecoder().decode(path: Samples.path($0)) }
        try await withThrowingTaskGroup(of: (Int, AudioClip).self) { group in
            for turn in 0..<40 {
                let index = turn % names.count
                group.addTask { (index, try AudioDecoder().decode(path: Samples.path(names[index]))) }
            }
            for try await (index, clip) in group { #expect(clip == alone[index]) }
        }
    }
}
