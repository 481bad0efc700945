import Audio
import Checkpoint
import Foundation
import TestSupport
import Testing

@testable import SpeechTranslation

/// Checkpoints as packed files: converted, loaded, and run.
@Suite struct PackedModelTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func pack(_ name: String, _ precision: PackingPrecision) throws -> (path: String, digest: String) {
        let path = folder.file("\(precision.rawValue).dragoman")
        let checkpoint = try Checkpoint(path: Fixtures.path(name))
        let digest = try ModelConverter(checkpoint, precision: precision).write(to: path, producer: "test")
        return (path, digest)
    }

    /// Float32 in the kernels' layout gives Hugging Face's tokens too, whatever form the checkpoint has.
    @Test(arguments: GoldenGenerationTests.checkpoints)
    func float32GivesHuggingFacesTokens(_ golden: GoldenCheckpoint) async throws {
        let published = try Checkpoint(path: golden.path)
        let path = folder.file("model.dragoman")
        let digest = try ModelConverter(published, precision: .float32).write(to: path, producer: "test")
        let checkpoint = try Checkpoint(path: path)
        #expect(checkpoint.digest() == digest && checkpoint.packedPrecision == "f32")
        #expect(checkpoint.sourceDigest == published.digest() && checkpoint.name == published.name)
        try checkpoint.verify()
        let translator = try Translator(checkpoint: checkpoint, threads: 2)
        for item in golden.cases where item.tooShort != true {
            let translation = try await translator.translate(golden.samples(item), options: item.options)
            #expect(translation.tokens == item.sequence.map { Array($0.dropFirst()) }, "\(item)")
        }
    }

    /// In fewer bits, recorded speech still gives nearly always the same text; together or alone the very same.
    @Test(arguments: [PackingPrecision.bfloat16, .mixed, .int8])
    func fewerBits(_ precision: PackingPrecision) async throws {
        let demo = try Translator(checkpoint: Checkpoint(path: Fixtures.path("demo-model/model")), threads: 2)
        let packed = try Translator(checkpoint: Checkpoint(path: pack("demo-model/model", precision).path), threads: 2)
        let clips = try DemoModelTests.samples().map {
            try AudioDecoder().decode(path: DemoModelTests.directory + "/samples/" + $0.path).samples
        }
        let expected = try await demo.translate(clips, options: DecodingOptions(beams: 5))
        let together = try await packed.translate(clips, options: DecodingOptions(beams: 5))
        let same = zip(expected, together).count { $0.text == $1.text }
        #expect(same * 10 >= clips.count * 8, "\(same) of \(clips.count)")
        for (clip, translation) in zip(clips, together).prefix(6) {
            var alone = try await packed.translate(clip, options: DecodingOptions(beams: 5))
            alone.timings = translation.timings
            #expect(alone == translation)
        }
    }

    @Test func aPackedFileIsNotConvertedAgain() throws {
        let packed = try Checkpoint(path: pack("tiny", .int8).path)
        for precision in PackingPrecision.allCases {
            let error = #expect(throws: SpeechTranslationError.self) {
                try ModelConverter(packed, precision: precision).write(to: folder.file("again"), producer: "test")
            }
            #expect(error?.message.contains("can't be converted again") == true)
        }
    }

    /// Cut short, altered or foreign: refused with a reason.
    @Test func damagedFiles() throws {
        let (path, _) = try pack("tiny", .int8)
        let bytes = try Array(Data(contentsOf: URL(filePath: path)))
        func load(_ damage: (inout [UInt8]) -> Void) throws -> Checkpoint {
            var damaged = bytes
            damage(&damaged)
            return try Checkpoint(path: folder.write(damaged, to: "damaged.dragoman"))
        }
        for count in [0, 1, 7, 8, 95, 96, 200, bytes.count / 2, bytes.count - 1] {
            let error = #expect(throws: CheckpointError.self) { try load { $0.removeSubrange(count...) } }
            #expect(error?.code == .malformedFile, "\(count) bytes: \(error as Any)")
        }
        for offset in [0, 8, 12, 16, 32, 40, 64, 70, 96, 150, 1000] where offset < 32 || offset >= 64 {
            #expect(throws: CheckpointError.self, "byte \(offset)") { try load { $0[offset] ^= 1 } }
        }
        #expect(throws: CheckpointError.self) { try load { $0.append(0) } }
        let version = #expect(throws: CheckpointError.self) { try load { $0[8] = 1 } }
        #expect(version?.code == .unsupportedFormat)
        // Weights are not read when a file is opened; verify() reads them.
        let altered = try load { $0[bytes.count - 1] ^= 1 }
        let error = #expect(throws: CheckpointError.self) { try altered.verify() }
        #expect(error?.message.contains("SHA-256") == true)
    }

    /// Whoever has a file mapped keeps it when another takes its name.
    @Test func aReplacedFileStaysWhereItIsUsed() throws {
        let (path, digest) = try pack("tiny", .int8)
        let checkpoint = try Checkpoint(path: path)
        let wide = try Checkpoint(path: Fixtures.path("tinywide"))
        let other = try ModelConverter(wide, precision: .int8).write(to: path, producer: "test")
        try checkpoint.verify()
        #expect(checkpoint.digest() == digest)
        #expect(try Checkpoint(path: path).digest() == other && other != digest)
    }

    /// A conversion that is interrupted, at once or in the middle, leaves what was there before.
    @Test func anInterruptedConversionLeavesNothing() throws {
        let converter = try ModelConverter(Checkpoint(path: Fixtures.path("tiny")), precision: .mixed)
        for tensors in [0, 20] {
            #expect(throws: CancellationError.self) {
                _ = try converter.write(to: folder.file("model.dragoman"), producer: "test") { progress in
                    switch progress {
                    case .reading where tensors > 0: return
                    case .writing(let done, _) where done < tensors: return
                    default: throw CancellationError()
                    }
                }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }
}
