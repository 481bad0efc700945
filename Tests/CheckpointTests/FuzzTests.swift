import Foundation
import TestSupport
import Testing

@testable import Checkpoint

/// Thousands of damaged files: each loads, or fails with a typed error. What loads is read to its last element, so that a
/// bound that was not checked shows as a crash.
@Suite struct FuzzTests {
    private static let safetensors = SafetensorsBytes.file([
        ("decoder.lm_head.weight", "F32", [2, 3], [UInt8](0..<24)), ("b", "F16", [4], [UInt8](0..<8)),
        ("c", "BF16", [1, 2], [1, 2, 3, 4]),
    ])
    private static let pickle = PickleBytes.stateDictionary([
        ("a", { $0.tensor(storage: 6, shape: [2, 3], strides: [3, 1]) }),
        ("b", { $0.tensor(type: "HalfStorage", key: "1", storage: 4, offset: 1, shape: [1, 2], strides: [1, 2]) }),
    ])
    private static let storages: [String: [UInt8]] = ["0": [UInt8](0..<24), "1": [UInt8](0..<8)]

    private func fuzz(
        _ original: [UInt8], seed: UInt64, rounds: Int, within range: Range<Int>? = nil,
        load: ([UInt8]) throws -> [String: TensorEntry],
        packing: ([UInt8]) -> [UInt8] = { $0 }
    ) {
        var generator = SplitMix64(seed: seed)
        var loaded = 0
        for _ in 0..<rounds {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let position = Int.random(in: range ?? 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 1: bytes[position] = UInt8.random(in: .min ... .max, using: &generator)
                case 2: bytes[position] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
                default:
                    let other = Int.random(in: range ?? 0..<bytes.count, using: &generator)
                    bytes.swapAt(position, other)
                }
            }
            if Int.random(in: 0..<16, using: &generator) == 0 {
                bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
            }
            let file = packing(bytes)
            do {
                for entry in try load(file).values where entry.isConvertible {
                    let values = try Loading.values(entry, in: file)
                    #expect(values.count == entry.count)
                }
                loaded += 1
            } catch {
                #expect(error is CheckpointError, "\(error)")
            }
        }
        #expect(loaded < rounds)
    }

    @Test func safetensors() { fuzz(Self.safetensors, seed: 1, rounds: 20_000, load: Loading.safetensors) }

    @Test(arguments: [false, true]) func archives(isWide: Bool) {
        let archive = PickleBytes.archive(Self.pickle, storages: Self.storages, isWide: isWide)
        fuzz(archive, seed: 2, rounds: 20_000, load: Loading.torch)
    }

    @Test func directories() {
        let archive = PickleBytes.archive(Self.pickle, storages: Self.storages, isWide: true)
        fuzz(archive, seed: 3, rounds: 20_000, within: (archive.count - 400)..<archive.count, load: Loading.torch)
    }

    @Test func pickles() {
        fuzz(Self.pickle, seed: 4, rounds: 10_000, load: Loading.torch) {
            PickleBytes.archive($0, storages: Self.storages)
        }
    }

    @Test func aRealArchive() throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: Fixtures.path("tiny/pytorch_model.bin"))))
        fuzz(bytes, seed: 5, rounds: 300, within: 0..<20_000, load: Loading.torch)
        fuzz(bytes, seed: 6, rounds: 300, within: (bytes.count - 20_000)..<bytes.count, load: Loading.torch)
    }

    @Test func configurations() throws {
        let folder = try CheckpointFolder()
        let original = Array(try Data(contentsOf: URL(filePath: folder.folder.file("config.json"))))
        var generator = SplitMix64(seed: 7)
        for _ in 0..<500 {
            var bytes = original
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                    in: 32..<127, using: &generator)
            }
            try folder.write(bytes, to: "config.json")
            do {
                _ = try folder.load()
            } catch {
                #expect(error is CheckpointError, "\(error)")
            }
        }
    }
}
