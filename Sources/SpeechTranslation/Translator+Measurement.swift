import Compute
import Platform

/// Stages of a translation by themselves, for benchmarks. They end early, with a `CancellationError`, when the task is
/// cancelled.
extension Translator {
    /// An utterance after the encoder.
    package final class EncodedUtterance: Sendable {
        let frames: EncodedFrames

        init(_ frames: EncodedFrames) { self.frames = frames }

        /// Frames that the decoder attends to.
        package var frameCount: Int { frames.matrix.rows }
    }

    /// An utterance to be decoded together with others.
    package struct MeasuredJob: Sendable {
        package enum Input: Sendable {
            /// 16 kHz, mono, not normalised: encoded when the job joins the others.
            case samples([Float])
            case encoded(EncodedUtterance)
        }

        let input: Input
        let tokens: Int

        /// - Parameter tokens: how many are generated: no end token ends the search early.
        package init(_ input: Input, tokens: Int) {
            self.input = input
            self.tokens = tokens
        }
    }

    /// What became of jobs that were decoded together.
    package struct MeasuredDecoding: Sendable {
        /// Of each job the tokens after the start token.
        package fileprivate(set) var tokens: [[Int32]]
        /// Rows of each step, in the order of the steps.
        package fileprivate(set) var rowsPerStep: [Int] = []
    }

    /// Encodes one utterance: 16 kHz, mono, not normalised.
    package func encode(_ samples: [Float]) async throws -> EncodedUtterance {
        try await measured { model, compute, check in
            EncodedUtterance(try model.encode([samples], compute, checkCancellation: check)[0])
        }
    }

    /// Generates exactly so many tokens: no end token ends the search early.
    /// - Returns: The tokens after the start token.
    package func generate(_ utterance: EncodedUtterance, beams: Int, tokens: Int) async throws -> [Int32] {
        try await generate([MeasuredJob(.encoded(utterance), tokens: tokens)], beams: beams, atATime: 1).tokens[0]
    }

    /// Generates the tokens of all jobs as the engine does: a job joins when there is room for it.
    /// - Parameter atATime: the most jobs decoded together.
    package func generate(_ jobs: [MeasuredJob], beams: Int, atATime: Int) async throws -> MeasuredDecoding {
        let settings = try jobs.map { job in
            var settings = try resolve(DecodingOptions(beams: beams, maxNewTokens: job.tokens)).settings
            settings.endTokens = []
            return settings
        }
        return try await measured { model, compute, check in
            var loop = DecodingLoop(model, compute)
            var decoding = MeasuredDecoding(tokens: jobs.map { _ in [] })
            var (joined, left) = (0, 0)
            while left < jobs.count {
                try check()
                while joined < jobs.count, joined - left < max(1, atATime) {
                    switch jobs[joined].input {
                    case .samples(let samples):
                        let frames = try model.encode([samples], compute, checkCancellation: check)[0]
                        loop.join(frames.matrix, id: joined, settings[joined])
                    case .encoded(let utterance):
                        loop.join(utterance.frames.matrix, id: joined, settings[joined])
                    }
                    joined += 1
                }
                for (id, outcome) in loop.step() {
                    decoding.tokens[id] = Array(try outcome.get().best.tokens.dropFirst())
                    left += 1
                }
                decoding.rowsPerStep.append(loop.stepRows)
            }
            return decoding
        }
    }

    /// Runs work on the translator's thread that looks at the task's cancellation from time to time.
    func measured<Result: Sendable>(
        _ work: @escaping @Sendable (TranslationModel, ComputeContext, _ check: () throws -> Void) throws -> Result
    ) async throws -> Result {
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await onEngineThread { model, compute in try work(model, compute, cancellation.check) }
        } onCancel: {
            cancellation.raise()
        }
    }
}
