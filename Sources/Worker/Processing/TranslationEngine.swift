import Jobs
import SpeechTranslation

/// What turns audio into text. The worker's own is ``TranslatorEngine``; tests pass one that sleeps or fails.
public protocol TranslationEngine: Sendable {
    /// Name, digest and precision, as they stand in results and as jobs may ask for.
    var model: ModelInfo { get }

    /// Jobs it is given at once at most, at least 1.
    var jobLimit: Int { get }

    /// Rises whenever the engine gets on with what it was given, by a layer or a token, so that one that hangs can be told
    /// from one that has much to do. `nil` for an engine that does not tell.
    var progress: UInt64? { get }

    /// Checks options against what the model has, before any audio is fetched.
    /// - Throws: `SpeechTranslationError`.
    func validate(_ options: DecodingOptions) throws

    /// Translates one utterance.
    /// - Parameter samples: mono at 16 kHz, not normalised.
    /// - Throws: `SpeechTranslationError`; `CancellationError` soon after the task is cancelled.
    func translate(_ samples: [Float], options: DecodingOptions) async throws -> Translation
}

extension TranslationEngine {
    /// One job at a time.
    public var jobLimit: Int { 1 }
}
