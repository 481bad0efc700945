import Audio
import Foundation
import TestSupport
import Testing

/// Damaged files give an error or shorter audio; never a crash, and never endless work.
@Suite(.timeLimit(.minutes(12))) struct RobustnessTests {
    private static let files =
        Samples.small.map(Samples.path)
        + ["es-allison-conf-extended.flac", "fr-june-conf-nonextended.ogg", "it-carlo-conf-invalid.mp3"].map(
            Samples.demo)

    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Decodes damaged bytes; `nil` for an error.
    private func decode(_ bytes: [UInt8]) throws -> AudioClip? {
        let path = try directory.write(bytes, to: "damaged")
        do {
            let clip = try AudioDecoder().decode(path: path)
            #expect(clip.samples.allSatisfy { $0.isFinite })
            return clip
        } catch {
            #expect(error.message.contains(path))
            return nil
        }
    }

    @Test(arguments: files)
    func cutShort(path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let whole = try AudioDecoder().decode(path: path)
        for percent in 0..<100 {
            guard let clip = try decode(Array(bytes.prefix(bytes.count * percent / 100))) else { continue }
            #expect(clip.samples.count <= whole.samples.count, "at \(percent) %")
        }
    }

    @Test(arguments: Array(files.enumerated()))
    func bytesChanged(index: Int, path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        var generator = SplitMix64(seed: UInt64(index))
        for turn in 0..<300 {
            var damaged = bytes
            // Every other time in the header, where it hurts.
            let end = turn.isMultiple(of: 2) ? min(256, bytes.count) : bytes.count
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let position = Int.random(in: 0..<end, using: &generator)
                damaged[position] = [0, 0xFF, UInt8.random(in: 0...255, using: &generator)].randomElement(
                    using: &generator)!
            }
            _ = try decode(damaged)
        }
    }

    @Test func headersThatLie() throws {
        var file = WaveFile([1, 2, 3, 4] as [Int16])
        file.claimedSize = 0x8000_0000
        #expect(try decode(file.bytes)?.samples.count == 4)
        file.rate = 0
        #expect(try decode(file.bytes) == nil)
        file.rate = 16_000
        file.channels = 0
        #expect(try decode(file.bytes) == nil)
        file.channels = 1_024
        #expect(try decode(file.bytes) == nil)
        file.channels = 0xFFFF
        #expect(try decode(file.bytes) == nil)
        file.channels = 1
        file.bits = 0
        _ = try decode(file.bytes)
        file.bits = 0xFFFF
        _ = try decode(file.bytes)
    }

    @Test func aFLACThatPromisesMoreThanItHas() throws {
        var bytes = try Samples.bytes("stereo.flac")
        // The 36-bit number of frames in STREAMINFO: the low nibble of byte 21, then bytes 22 to 25.
        bytes[21] |= 0x0F
        bytes.replaceSubrange(22..<26, with: [0xFF, 0xFF, 0xFF, 0xFF])
        let whole = try AudioDecoder().decode(path: Samples.path("stereo.flac"))
        if let clip = try decode(bytes) { #expect(clip.samples.count <= whole.samples.count) }
        let path = try directory.write(bytes, to: "lies.flac")
        #expect(throws: AudioError.self) { try AudioDecoder().decode(path: path, range: 3_600..<3_601) }
    }

    @Test func onlyAMagicNumber() throws {
        for magic in ["RIFF", "RF64", "FORM", ".snd", "fLaC", "OggS", "ID3", "\u{FF}\u{FB}"] {
            #expect(try decode(Array(magic.utf8)) == nil)
            #expect(try decode(Array(magic.utf8) + [UInt8](repeating: 0, count: 5_000)) == nil)
            #expect(try decode(Array(magic.utf8) + [UInt8](repeating: 0xFF, count: 5_000)) == nil)
        }
        #expect(try decode([]) == nil)
        #expect(try decode([0]) == nil)
        #expect(try decode([UInt8](repeating: 0xFF, count: 5_000)) == nil)
    }
}
