import Testing

@testable import Ledger

@Suite struct MetadataLimitTests {
    @Test func halvesAndRises() {
        var limit = MetadataLimit()
        #expect(limit.characters == 4096)
        limit.wasAccepted(length: 10)
        #expect(limit.characters == 4096)
        limit.wasRefused(length: 1200)
        #expect(limit.characters == 600)
        limit.wasAccepted(length: 10)
        #expect(limit.characters == 664)
        limit.wasAccepted(length: 1100)
        #expect(limit.characters == 1100)
        limit.wasRefused(length: 3000)
        #expect(limit.characters == 550)
        for length in [0, -5, .min] { limit.wasRefused(length: length) }
        #expect(limit.characters == 64)
        limit.wasAccepted(length: .max)
        #expect(limit.characters == 4096)
    }
}
