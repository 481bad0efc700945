import Checkpoint
import Compute
import TestSupport
import Testing

@testable import SpeechTranslation

@Suite struct SpeechEncoderTests {
    private let model: TranslationModel
    private let compute: ComputeContext
    private let layers: Int

    init() throws {
        let checkpoint = try Checkpoint(path: Fixtures.path("tiny"))
        model = try TranslationModel(checkpoint)
        compute = try ComputeContext(threads: 1, instructionSet: .select(environment: [:]))
        layers = checkpoint.configuration.encoder.layers
    }

    /// Wherever it is called off, it ends there: every few seconds of audio in the convolutions, and at every layer.
    @Test func cancellationIsLookedForAllTheWay() throws {
        struct Stop: Error {}
        let seconds = 60
        let samples = (0..<seconds * 16_000).map { Float($0 % 100) / 100 }
        var checks = 0
        _ = try model.encode([samples], compute) { checks += 1 }
        #expect(checks >= seconds / 10 + layers)
        for last in 1...checks {
            var calls = 0
            #expect(throws: Stop.self) {
                try model.encode([samples], compute) {
                    calls += 1
                    if calls == last { throw Stop() }
                }
            }
            #expect(calls == last)
        }
    }
}
