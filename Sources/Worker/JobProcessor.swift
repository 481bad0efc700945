import Audio
import AudioStore
import FoundationEssentials
import Jobs
import Kafka
import SpeechTranslation

/// Turns a record of a jobs topic into its outcome. Whatever the record holds, there is one.
///
/// Several records may be processed at the same time: audio is fetched for all and decoded for one after another, and
/// the engine gets as many jobs as it takes at once, in the order in which they become ready. Each job holds its decoded
/// audio until its translation is done: 38 MB for ten minutes.
public struct JobProcessor: Sendable {
    private let worker: String
    private let engine: any TranslationEngine
    private let store: any AudioStore
    private let decoder: AudioDecoder
    private let retries: RetryPolicy
    private let blockingWork = BlockingWork(label: "dragoman.audio")
    private let engineTurns: AsyncSemaphore

    /// Creates a processor.
    /// - Parameters:
    ///   - worker: name of the worker, for results.
    ///   - retries: what to do when the storage does not answer.
    public init(
        worker: String, engine: any TranslationEngine, store: any AudioStore, decoder: AudioDecoder = AudioDecoder(),
        retries: RetryPolicy = RetryPolicy()
    ) {
        self.worker = worker
        self.engine = engine
        engineTurns = AsyncSemaphore(permits: engine.jobLimit)
        self.store = store
        self.decoder = decoder
        self.retries = retries
    }

    /// Does the job a record holds.
    /// - Throws: `CancellationError` alone, when the task is cancelled.
    public func process(_ record: KafkaRecord) async throws -> JobOutcome {
        try await process(record) { _ in true }
    }

    /// Does the job a record holds.
    /// - Parameter mayRun: Asked when it is the job's turn in the engine, before anything is computed.
    /// - Throws: `CancellationError` when the task is cancelled, ``JobWithdrawn`` when the job may not run, nothing else.
    func process(
        _ record: KafkaRecord, mayRun: @Sendable (TranslationJob) -> Bool
    ) async throws -> JobOutcome {
        let headers = record.headers.map(MessageHeader.init)
        // A content type that is not known is answered in JSON, which anybody can read.
        let format = (try? MessageCodec.format(of: headers)) ?? .json
        var job: TranslationJob
        do {
            job = try MessageCodec.decode(from: record.value, headers: headers)
        } catch {
            return unreadable(record, JobFailure(error), format: format)
        }
        if job.id.isEmpty { job.id = job.derivedID }
        return JobOutcome(result: try await answer(job, of: record, mayRun: mayRun), format: format)
    }

    private func answer(
        _ job: TranslationJob, of record: KafkaRecord, mayRun: @Sendable (TranslationJob) -> Bool
    ) async throws -> TranslationResult {
        var result = TranslationResult(answering: job)
        result.origin = JobOrigin(record)
        result.worker = worker
        result.model = engine.model
        result.attempt = 1
        do {
            try job.validate()
            result.timings.queue = record.secondsWaited(since: job.submitDate)
            try await translate(job, into: &result, mayRun: mayRun)
        } catch {
            // Whatever a cancelled job ends with, it says nothing of the job.
            try Task.checkCancellation()
            if error is JobWithdrawn { throw error }
            result.fail(JobFailure(error))
        }
        result.finishDate = Date()
        return result
    }

    private func translate(
        _ job: TranslationJob, into result: inout TranslationResult, mayRun: @Sendable (TranslationJob) -> Bool
    ) async throws {
        try checkModel(job.model)
        try checkSupport(job)
        let options = DecodingOptions(job.decoding, target: job.targetLanguage)
        try engine.validate(options)
        guard !job.isOverdue else { return result.status = .deadlineExceeded }

        let clip = try await retries.run {
            try await load(job.audio, timings: &result.timings)
        } isRetriable: {
            JobFailure($0).isRetriable
        }
        result.audioSeconds = clip.duration

        let translation = try await engineTurns.withPermit { () -> Translation? in
            guard mayRun(job) else { throw JobWithdrawn() }
            return job.isOverdue ? nil : try await engine.translate(clip.samples, options: options)
        }
        guard let translation else { return result.status = .deadlineExceeded }
        result.timings.encode = translation.timings.encodeSeconds
        result.timings.generate = translation.timings.generateSeconds
        result.targetLanguage = translation.targetLanguage
        switch translation.status {
        case .tooShort: result.status = .tooShort
        case .ok:
            result.status = .ok
            result.text = translation.text
            let start = job.audio.start
            result.segments = [ResultSegment(translation, start: start, end: start + clip.duration)]
        }
    }

    /// Gets the audio and decodes it. The last attempt's times count.
    private func load(_ audio: JobAudio, timings: inout JobTimings) async throws -> AudioClip {
        let clock = ContinuousClock()
        let start = clock.now
        let fetched = try await store.fetch(audio.uri)
        if audio.hasSha256 { try await checkContents(of: fetched.path, are: audio.sha256) }
        let fetchedAt = clock.now
        timings.fetch = start.duration(to: fetchedAt).inSeconds
        // `fetched` may own a temporary file, which must outlive the decoding.
        let clip = try await blockingWork.run { [decoder] in
            try withExtendedLifetime(fetched) { try decoder.decode(path: fetched.path, range: audio.range) }
        }
        timings.decode = fetchedAt.duration(to: clock.now).inSeconds
        guard !clip.samples.isEmpty else {
            throw JobFailure(.audioEmpty, "\(audio.uri): there is no audio in it, whatever its header promises")
        }
        return clip
    }

    private func checkContents(of path: String, are expected: String) async throws {
        let actual = try await blockingWork.run { try FileChecksum.sha256(ofFile: path) }
        guard actual == expected.lowercased() else {
            throw JobFailure(.checksumMismatch, "audio.sha256: the job says \(expected), the file has \(actual)")
        }
    }

    private func checkModel(_ wanted: String) throws {
        let model = engine.model
        guard wanted.isEmpty || model.isNamed(wanted) else {
            throw JobFailure(
                .modelMismatch, "model: the job wants '\(wanted)', this worker has '\(model.name)' (\(model.digest))")
        }
    }

    private func checkSupport(_ job: TranslationJob) throws {
        guard !job.segmentation.isRequested else {
            throw JobFailure(
                .unsupportedOption, "segmentation: this worker translates recordings whole; leave it out, or say WHOLE")
        }
        guard !job.decoding.hasNBest || job.decoding.nBest == 1 else {
            throw JobFailure(.unsupportedOption, "decoding.n_best: this worker gives one translation; leave it out")
        }
    }

    /// A message that can't be read still says whose it is by the record's key.
    private func unreadable(_ record: KafkaRecord, _ failure: JobFailure, format: WireFormat) -> JobOutcome {
        var outcome = JobOutcome(format: format, deadLetter: failure)
        var job = TranslationJob()
        job.id = record.key.flatMap { String(validating: $0, as: UTF8.self) } ?? ""
        if (try? TranslationJob.validate(id: job.id)) != nil {
            var result = TranslationResult(answering: job)
            result.origin = JobOrigin(record)
            result.worker = worker
            result.attempt = 1
            result.fail(failure)
            result.status = .deadLettered
            result.finishDate = Date()
            outcome.result = result
        }
        return outcome
    }
}
