import Checkpoint
import Foundation
import TestSupport
import Testing

@Suite struct SummaryTests {
    @Test func whatTheWeightsAreLike() throws {
        let folder = Fixtures.root.appending(path: "Tests/Fixtures/demo-model/model").path(percentEncoded: false)
        let checkpoint = try Checkpoint(path: folder)
        #expect(checkpoint.storedPrecisions == ["F16"])
        #expect(checkpoint.parameterCount * 2 <= checkpoint.mappedByteCount)
        #expect(checkpoint.parameterCount * 2 > checkpoint.mappedByteCount * 9 / 10)
    }
}
