import Audio
import AudioStore
import FoundationEssentials
import Jobs
import Kafka
import Segmentation
import SpeechTranslation

/// Turns a record of a topic that workers take from into its outcome. Whatever the record holds, there is one.
///
/// Several records may be processed at the same time: audio is fetched for all and decoded for one after another, and
/// the engine gets as many jobs as it takes at once, in the order in which they become ready.
public struct JobProcessor: Sendable {
    let configuration: WorkerConfiguration
    let engine: any TranslationEngine
    private let loader: AudioLoader
    private let engineTurns: AsyncSemaphore

    /// Creates a processor.
    /// - Parameters:
    ///   - configuration: the worker's name, topics and limits.
    ///   - retries: what to do at once when the storage does not answer; afterwards the configuration's schedule holds.
    public init(
        configuration: WorkerConfiguration, engine: any TranslationEngine, store: any AudioStore,
        decoder: AudioDecoder = AudioDecoder(), retries: RetryPolicy = RetryPolicy()
    ) {
        self.configuration = configuration
        self.engine = engine
        engineTurns = AsyncSemaphore(permits: engine.jobLimit)
        loader = AudioLoader(store: store, decoder: decoder, retries: retries, memory: configuration.audioMemory)
    }

    /// Jobs in the engine, those included that were given up and have not heard of it. While there are any, the engine's
    /// progress must rise.
    var jobsInEngine: Int { engineTurns.taken }

    /// Reads a record.
    func read(_ record: KafkaRecord) -> JobMessage {
        JobMessage(
            record, topics: configuration.topics, longestDelay: configuration.retrySchedule.longestDuration)
    }

    /// Does the job a record holds.
    /// - Throws: `CancellationError` when the task is cancelled for another cause than that somebody called the job off;
    ///   ``WorkerError`` when this worker can do no job any more; nothing else.
    func process(_ message: JobMessage, attempt: JobAttempt = JobAttempt()) async throws -> JobOutcome {
        let job: TranslationJob
        switch message.contents {
        case .success(let readable): job = readable
        case .failure(let failure): return givenUp(message, failure, crashes: attempt.crashes)
        }
        if case .cancelled(let reason) = attempt.stop.cause { return cancelled(message, reason: reason) }
        var result = answer(to: message, crashes: attempt.crashes)
        do {
            try job.validate()
            result.timings.queue = message.record.secondsWaited(since: job.submitDate)
            try await translate(job, into: &result)
        } catch let error as WorkerError {
            throw error
        } catch {
            if case .cancelled(let reason) = attempt.stop.cause { return cancelled(message, reason: reason) }
            // Whatever a cancelled job ends with, it says nothing of the job.
            try Task.checkCancellation()
            return failed(message, JobFailure(error), result: result, crashes: attempt.crashes)
        }
        result.finishDate = Date()
        return JobOutcome(result: result, format: message.format)
    }

    private func translate(_ job: TranslationJob, into result: inout TranslationResult) async throws {
        try checkModel(job.model)
        let options = DecodingOptions(job.decoding, target: job.targetLanguage)
        try engine.validate(options)
        let segmentation = SegmentationOptions(job.segmentation)
        try segmentation.validate()
        let notes = StageNotes()
        defer { notes.write(into: &result) }
        let renewal = TimeLimitRenewal()
        let inFlight = max(2, engine.jobLimit)
        let recordings = RecordingTranslator(
            options: options, segmentation: segmentation, guards: job.decoding.hasGuards ? job.decoding.guards : nil,
            inFlight: inFlight
        ) { [engineTurns, engine] samples, options in
            defer { renewal.renew() }
            return try await engineTurns.withPermit {
                let translation = try await engine.translate(samples, options: options)
                JobSpan.note(translation.timings)
                return translation
            }
        }
        do {
            let recording = try await withDeadline(job.timeLeft, renewal) { [loader] in
                try await loader.withRecording(job.audio, segmentation, ahead: inFlight + 1, notes: notes) {
                    recording in
                    try await recordings.translate { try await recording.next() }
                }
            }
            guard let recording else { return }
            result.complete(with: recording)
        } catch is TimeLimitPassed {
            result.status = .deadlineExceeded
        }
    }

    /// Runs an attempt until the job's deadline, and for as long as an attempt may go without a segment being done.
    /// - Throws: ``TimeLimitPassed`` when the deadline has passed; ``JobFailure`` when the other limit has.
    private func withDeadline<Success: Sendable>(
        _ untilDeadline: Duration?, _ renewal: TimeLimitRenewal, _ body: @escaping @Sendable () async throws -> Success
    ) async throws -> Success {
        let attempt: @Sendable () async throws -> Success = { [limit = configuration.attemptLimit] in
            do {
                renewal.renew()
                return try await withTimeLimit(limit, renewal: renewal, body)
            } catch is TimeLimitPassed {
                throw JobFailure(
                    .attemptTimeLimit, "no segment was done within \(limit), the limit for an attempt",
                    class: .transient)
            }
        }
        guard let untilDeadline else { return try await attempt() }
        guard untilDeadline > .zero else { throw TimeLimitPassed() }
        return try await withTimeLimit(untilDeadline, attempt)
    }

    private func checkModel(_ wanted: String) throws {
        let model = engine.model
        guard wanted.isEmpty || model.isNamed(wanted) else {
            throw JobFailure(
                .modelMismatch, "model: the job wants '\(wanted)', this worker has '\(model.name)' (\(model.digest))")
        }
    }
}
