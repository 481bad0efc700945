import TestSupport
import Testing

@testable import Gateway

/// Tokens for pages and watches.
@Suite struct TokenTests {
    private func vector(_ generator: inout SplitMix64) -> OffsetVector {
        var vector = OffsetVector()
        for _ in 0..<Int.random(in: 0..<50, using: &generator) {
            let partition = IndexedPartition(
                topic: .random(in: 0..<9, using: &generator), partition: .random(in: 0..<1000, using: &generator))
            vector.offsets[partition] = .random(in: 0...Int64.max, using: &generator)
        }
        return vector
    }

    @Test func thereAndBack() throws {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<200 {
            let vector = vector(&generator)
            var writer = TokenWriter(.watch, request: [1, 2])
            vector.write(to: &writer)
            let token = writer.finish()
            #expect(token.utf8.allSatisfy { $0 < 128 && $0 > 32 })
            var reader = try #require(TokenReader(token, .watch, request: [1, 2]))
            #expect(OffsetVector(from: &reader) == vector && reader.isAtEnd)
            #expect(TokenReader(token, .page, request: [1, 2]) == nil)
            #expect(TokenReader(token, .watch, request: [1]) == nil)
        }
    }

    /// The form of version 1, which other gateways read; computed in Python from the description.
    @Test func goldenToken() {
        var writer = TokenWriter(.page, request: Array("batch".utf8))
        OffsetVector(offsets: [
            .init(topic: 0, partition: 3): 300, .init(topic: 2, partition: 0): 1,
        ]).write(to: &writer)
        #expect(writer.finish() == "AQFLsk78lkECAAOsAgIAAZ1zKJz-Mg")
    }

    @Test func damagedTokensAreNone() {
        var generator = SplitMix64(seed: 2)
        var writer = TokenWriter(.watch, request: [])
        vector(&generator).write(to: &writer)
        let token = Array(writer.finish())
        for _ in 0..<2_000 {
            var damaged = token
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: damaged.removeLast(Int.random(in: 1...damaged.count, using: &generator))
            case 1: damaged[Int.random(in: 0..<damaged.count, using: &generator)] = "~"
            default: damaged.insert("A", at: Int.random(in: 0...damaged.count, using: &generator))
            }
            #expect(damaged == token || TokenReader(String(damaged), .watch, request: []) == nil)
        }
        #expect(TokenReader("", .watch, request: []) == nil)
    }
}
