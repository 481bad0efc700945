import Checkpoint
import Compute
import Dispatch
import FoundationEssentials
import Platform
import Tokenization

/// Translates speech with one checkpoint: the engine's front door.
///
///     let checkpoint = try Checkpoint(path: "wav2vec2-xls-r-300m-21-to-en")
///     let translator = try Translator(checkpoint: checkpoint, threads: 2)
///     let translation = try await translator.translate(samples, options: DecodingOptions(target: "en"))
///
/// All computing happens on a thread of the translator's own and on its pool, never on Swift's cooperative threads; calls
/// come when they like. In float32 the tokens are those of Hugging Face's `generate` on the same checkpoint.
public final class Translator: Sendable {
    /// The checkpoint it runs.
    public let checkpoint: Checkpoint

    private let model: TranslationModel
    let tokenizer: MBartTokenizer
    private let compute: ComputeContext
    private let limits: DecodingLimits
    private let requests = RequestQueue()
    private let queue = DispatchQueue(label: "dragoman.translator")
    private let progressCounter = ProgressCounter()
    private let onStep: (@Sendable (_ rows: Int) -> Void)?

    /// Rises with every layer of the encoder and every step of the decoder, and now and then in between: what does not
    /// rise while there is something to translate is a hang.
    public var progress: UInt64 { progressCounter.value }

    /// Prepares a checkpoint: looks up every tensor the networks need and folds the positional convolution's weights.
    /// - Parameters:
    ///   - threads: Threads that compute. All processes of a machine together should not exceed its processors.
    ///   - limits: How much is decoded at a time.
    ///   - environment: Where `DRAGOMAN_CPU` is looked up (see ``InstructionSet``).
    ///   - onStep: Told after each step of the decoder how many rows it had, on the thread that computes.
    /// - Throws: `CheckpointError`, `TokenizerError` or `ComputeError`, each naming what is missing or wrong.
    public init(
        checkpoint: Checkpoint, threads: Int, limits: DecodingLimits = DecodingLimits(),
        environment: [String: String] = ProcessInfo.processInfo.environment,
        onStep: (@Sendable (_ rows: Int) -> Void)? = nil
    ) throws {
        self.checkpoint = checkpoint
        self.onStep = onStep
        self.limits = limits
        compute = try ComputeContext(threads: threads, instructionSet: .select(environment: environment))
        tokenizer = try MBartTokenizer(
            model: checkpoint.tokenizerModel.bytes, path: checkpoint.tokenizerModel.path,
            vocabularySize: checkpoint.configuration.decoder.vocabularySize,
            cleansUpSpaces: checkpoint.cleansUpTokenizationSpaces)
        model = try TranslationModel(checkpoint)
    }

    /// Checks options against the checkpoint.
    /// - Throws: ``SpeechTranslationError`` that names the option, or the languages the checkpoint has.
    public func validate(_ options: DecodingOptions) throws { _ = try resolve(options) }

    /// Translates one utterance. It may be decoded together with others that are asked for meanwhile, which changes
    /// nothing but the time it takes.
    /// - Parameter samples: 16 kHz, mono, not normalised.
    /// - Throws: ``SpeechTranslationError``, or `CancellationError` when the task is cancelled: between encoder layers
    ///   and decoder steps.
    public func translate(_ samples: [Float], options: DecodingOptions = .init()) async throws -> Translation {
        let (settings, target) = try resolve(options)
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(
                    TranslationRequest(
                        samples: samples, settings: settings, target: target, cancellation: cancellation,
                        continuation: continuation))
            }
        } onCancel: {
            cancellation.raise()
            requests.remove(cancellation)?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Translates several utterances together: each gives what it gives alone, bit for bit.
    /// - Parameter utterances: Samples of each, 16 kHz, mono, not normalised; of any lengths, without padding.
    /// - Returns: One translation for each, in their order.
    /// - Throws: As ``translate(_:options:)-(Array<Float>,_)``.
    public func translate(
        _ utterances: [[Float]], options: DecodingOptions = .init()
    ) async throws -> [Translation] {
        try await withThrowingTaskGroup(of: (Int, Translation).self) { group in
            for (index, samples) in utterances.enumerated() {
                group.addTask { (index, try await self.translate(samples, options: options)) }
            }
            let translations = try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            return utterances.indices.compactMap { translations[$0] }
        }
    }

    private func enqueue(_ request: TranslationRequest) {
        switch requests.add(request) {
        case .isServed: break
        case .isCancelled: request.continuation.resume(throwing: CancellationError())
        case .needsThread:
            queue.async { [self] in
                var batch = ContinuousBatch(
                    model, tokenizer, compute, queue: requests, limits: limits, progress: progressCounter,
                    onStep: onStep)
                batch.run()
            }
        }
    }

    /// Runs work on the translator's thread, one piece after another.
    func onEngineThread<Result: Sendable>(
        _ work: @escaping @Sendable (TranslationModel, ComputeContext) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Swift.Result { try work(self.model, self.compute) })
            }
        }
    }

    func resolve(_ options: DecodingOptions) throws -> (settings: SearchSettings, target: TargetLanguage?) {
        let target: TargetLanguage?
        do {
            target = try TargetLanguage.resolve(
                options.target, tokenizer: tokenizer, defaultTokenID: checkpoint.generation.forcedBosTokenID,
                checkpointName: checkpoint.name)
        } catch {
            throw SpeechTranslationError(.unknownTargetLanguage, error.description, cause: error)
        }
        if let target, checkpoint.vocabularyShortlist?.contains(target.tokenID) == false {
            throw SpeechTranslationError(
                .unknownTargetLanguage,
                "target \(target.code): the model keeps a part of the vocabulary only, without token \(target.tokenID)")
        }
        let settings = try SearchSettings(
            options, checkpoint.generation, checkpoint.configuration.decoder, targetToken: target?.tokenID,
            vocabularySize: checkpoint.vocabularyShortlist?.count ?? checkpoint.configuration.decoder.vocabularySize)
        return (settings, target)
    }
}
