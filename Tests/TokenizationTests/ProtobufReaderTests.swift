import Foundation
import TestSupport
import Testing

@testable import Tokenization

@Suite struct ProtobufReaderTests {
    private func read(_ bytes: [UInt8]) throws -> [String] {
        try bytes.withUnsafeBytes { buffer in
            var reader = ProtobufReader(buffer)
            var fields: [String] = []
            while let (number, value) = try reader.next() {
                switch value {
                case .varint(let value): fields.append("\(number): \(value)")
                case .fixed64(let value): fields.append("\(number): \(value)L")
                case .fixed32(let value): fields.append("\(number): \(value)I")
                case .bytes(let value): fields.append("\(number): \(Array(value))")
                }
            }
            return fields
        }
    }

    @Test func readsEveryWireType() throws {
        #expect(
            try read([0x08, 0x96, 0x01, 0x11, 1, 0, 0, 0, 0, 0, 0, 0, 0x1A, 2, 7, 8, 0x25, 2, 0, 0, 0, 0x80, 0x01, 0])
                == ["1: 150", "2: 1L", "3: [7, 8]", "4: 2I", "16: 0"])
        #expect(try read([0x08] + [UInt8](repeating: 0xFF, count: 9) + [1]) == ["1: \(UInt64.max)"])
        #expect(try read([]).isEmpty)
    }

    @Test(
        arguments: [
            [0x08], [0x08, 0x80], [0x11, 1, 2, 3], [0x25, 1], [0x1A, 1],
            [0x1A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
            [0x0B], [0x0C], [0x0E], [0x0F], [0x00, 0], [0x02, 0], [0x08] + [UInt8](repeating: 0x80, count: 11),
            [0xF8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0],
        ] as [[UInt8]])
    func refuses(_ bytes: [UInt8]) {
        #expect(throws: ProtobufReader.Malformed.self) { try read(bytes) }
    }

    /// Thousands of damaged models: each is read, or refused with a typed error.
    @Test func survivesDamage() throws {
        let original = Array(try Data(contentsOf: URL(filePath: Fixtures.path("tokenizer/odd.model"))))
        var state: UInt64 = 1
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        var refused = 0
        for _ in 0..<10_000 {
            var bytes = original
            for _ in 0...random(below: 4) { bytes[random(below: bytes.count)] = UInt8(random(below: 256)) }
            if random(below: 8) == 0 { bytes.removeLast(random(below: bytes.count)) }
            do {
                _ = try bytes.withUnsafeBytes { try SentencePieceModel($0) }
            } catch {
                #expect(error is ProtobufReader.Malformed)
                refused += 1
            }
        }
        #expect(refused > 0)
    }
}
