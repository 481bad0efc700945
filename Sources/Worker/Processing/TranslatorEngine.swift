import Jobs
import SpeechTranslation

/// The engine of this package, under the name its results bear.
public struct TranslatorEngine: TranslationEngine {
    /// Name, digest and precision of the checkpoint.
    public let model: ModelInfo
    /// Jobs that may be decoded together.
    public let jobLimit: Int
    /// Rises with every layer of the encoder and every step of the decoder.
    public var progress: UInt64? { translator.progress }
    private let translator: Translator

    /// Creates an engine from a translator and what is known of its checkpoint.
    public init(_ translator: Translator, model: ModelInfo, jobLimit: Int = 1) {
        self.translator = translator
        self.model = model
        self.jobLimit = jobLimit
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
