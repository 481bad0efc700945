import Jobs
import SpeechTranslation

/// The engine of this package, under the name its results bear.
public struct TranslatorEngine: TranslationEngine {
    /// Name, digest and precision of the checkpoint.
    public let model: ModelInfo
    private let translator: Translator

    /// Creates an engine from a translator and what is known of its checkpoint.
    public init(_ translator: Translator, model: ModelInfo) {
        self.translator = translator
        self.model = model
    }

    /// Checks options against what the checkpoint has.
    public func validate(_ options: DecodingOptions) throws {
        try translator.validate(options)
    }

    /// Translates one utterance.
    public func translate(_ samples: [Float], options: DecodingOptions) async throws -> Translation {
        try await translator.translate(samples, options: options)
    }
}
