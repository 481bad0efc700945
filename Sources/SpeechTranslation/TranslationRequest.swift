import Platform
import Tokenization

/// An utterance that somebody waits for.
struct TranslationRequest: Sendable {
    /// 16 kHz, mono, not normalised.
    let samples: [Float]
    let settings: SearchSettings
    let target: TargetLanguage?
    /// Set when nobody waits any more.
    let cancellation: CancellationFlag
    /// Whom to tell.
    let continuation: CheckedContinuation<Translation, any Error>
}
