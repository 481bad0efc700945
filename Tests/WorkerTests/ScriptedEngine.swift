import Jobs
import Synchronization
import Worker

@testable import SpeechTranslation

/// An engine whose answers the test writes.
struct ScriptedEngine: TranslationEngine {
    typealias Script = @Sendable ([Float], DecodingOptions) async throws -> Translation

    static let digest = "00ff" + String(repeating: "a", count: 60)

    let script: Script
    let languages: Set<String>
    let jobLimit: Int

    init(
        languages: Set<String> = ["en", "de"], jobLimit: Int = 1,
        script: @escaping Script = { samples, _ in .saying("\(samples.count)") }
    ) {
        self.script = script
        self.languages = languages
        self.jobLimit = jobLimit
    }

    var model: ModelInfo {
        var model = ModelInfo()
        model.name = "scripted"
        model.digest = Self.digest
        model.precision = "float32"
        return model
    }

    var progress: UInt64? { nil }

    func validate(_ options: DecodingOptions) throws {
        guard let target = options.target, !languages.contains(target) else { return }
        throw SpeechTranslationError(.unknownTargetLanguage, "'\(target)': expected \(languages.sorted())")
    }

    func translate(_ samples: [Float], options: DecodingOptions) async throws -> Translation {
        try await script(samples, options)
    }
}

extension Translation {
    static func saying(_ text: String) -> Translation {
        Translation(
            status: .ok, text: text, tokens: [7, 8, 2], beamScore: -0.5, meanTokenLogprob: -0.25,
            targetLanguage: "en_XX",
            timings: Timings(encodeSeconds: 1, generateSeconds: 2))
    }
}
