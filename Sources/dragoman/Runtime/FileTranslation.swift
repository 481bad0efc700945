import Audio
import Dispatch
import Jobs
import SpeechTranslation
import Worker

/// Translates files of this machine, several at a time: what is decoded together reads the weights once.
struct FileTranslation: Sendable {
    /// Files in hand at a time, those included whose predecessors' lines are not out yet.
    private static let window = 8

    let translator: Translator
    let options: DecodingOptions
    private let queue = DispatchQueue(label: "dragoman.audio")

    init(translator: Translator, options: DecodingOptions) {
        self.translator = translator
        self.options = options
    }

    /// Translates files and hands over a line for each, in their order.
    /// - Throws: `CancellationError`, or what `handOver` throws.
    func translate(_ files: [String], handOver: (ResultLine) throws -> Void) async throws {
        try await withThrowingTaskGroup(of: (Int, ResultLine).self) { group in
            var (begun, handedOver) = (0, 0)
            var early: [Int: ResultLine] = [:]
            while handedOver < files.count {
                while begun < files.count, begun < handedOver + Self.window {
                    group.addTask { [begun] in (begun, try await translate(files[begun])) }
                    begun += 1
                }
                guard let (index, line) = try await group.next() else { return }
                early[index] = line
                while let line = early.removeValue(forKey: handedOver) {
                    try handOver(line)
                    handedOver += 1
                }
            }
        }
    }

    /// Translates a file; what is wrong with it stands in the line.
    /// - Throws: `CancellationError` alone.
    private func translate(_ file: String) async throws -> ResultLine {
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
