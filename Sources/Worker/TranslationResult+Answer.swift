import Jobs
import SpeechTranslation

extension TranslationResult {
    /// A result that repeats what is the job's.
    init(answering job: TranslationJob) {
        self.init()
        jobID = job.id
        run = job.run
        batchID = job.batchID
        batchIndex = job.batchIndex
        targetLanguage = job.targetLanguage
        sourceLanguage = job.sourceLanguage
        labels = job.labels
        if job.hasAudio { audio = job.audio }
    }

    mutating func fail(_ failure: JobFailure) {
        status = .failed
        error = JobError()
        error.reason = failure.reason
        error.message = failure.message
    }

    /// What is left of a result that is too large to be sent.
    var withoutContents: TranslationResult {
        var result = TranslationResult()
        result.jobID = jobID
        result.run = run
        result.batchID = batchID
        result.batchIndex = batchIndex
        result.origin = origin
        result.worker = worker
        result.attempt = attempt
        result.finishTime = finishTime
        return result
    }
}

extension ResultSegment {
    init(_ translation: Translation, start: Double, end: Double) {
        self.init()
        self.start = start
        self.end = end
        text = translation.text
        tokens = translation.tokens
        if let score = translation.beamScore { beamScore = score }
        if let logprob = translation.meanTokenLogprob { meanTokenLogprob = logprob }
    }
}

extension JobAudio {
    /// The part that is wanted, in seconds; `nil` for all of it.
    var range: Range<Double>? {
        guard hasStart || hasEnd else { return nil }
        return start..<(hasEnd ? end : .infinity)
    }
}
