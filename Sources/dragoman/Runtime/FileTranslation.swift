import Audio
import Dispatch
import Jobs
import SpeechTranslation
import Worker

/// Translates files of this machine one by one.
struct FileTranslation: Sendable {
    let translator: Translator
    let options: DecodingOptions
    private let queue = DispatchQueue(label: "dragoman.audio")

    init(translator: Translator, options: DecodingOptions) {
        self.translator = translator
        self.options = options
    }

    /// Translates a file; what is wrong with it stands in the line.
    /// - Throws: `CancellationError` alone.
    func translate(_ file: String) async throws -> ResultLine {
        do {
            let start = ContinuousClock.now
            let clip = try await decode(file)
            let decodeSeconds = start.duration(to: .now) / .seconds(1)
            let translation = try await translator.translate(clip.samples, options: options)
            return ResultLine(
                file: file, status: translation.status == .ok ? .ok : .tooShort, text: translation.text,
                tokens: translation.tokens, beamScore: translation.beamScore,
                meanTokenLogprob: translation.meanTokenLogprob, audioSeconds: clip.duration,
                timings: ResultLine.Timings(
                    decode: decodeSeconds, encode: translation.timings.encodeSeconds,
                    generate: translation.timings.generateSeconds))
        } catch let error as CancellationError {
            throw error
        } catch {
            let failure = JobFailure(error)
            return ResultLine(
                file: file, status: .failed,
                failure: ResultLine.Failure(reason: failure.reason.schemaName, message: failure.message))
        }
    }

    /// Decoding blocks, so it has a thread of its own.
    private func decode(_ file: String) async throws -> AudioClip {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try AudioDecoder().decode(path: file) }) }
        }
    }
}
