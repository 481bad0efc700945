import Jobs
import SpeechTranslation

extension TranslationResult {
    /// A result that repeats what is the job's, as far as it can be read.
    init(answering message: JobMessage) {
        self.init()
        origin = JobOrigin(message.record)
        guard let job = message.job else {
            if let id = message.jobRun?.jobID { jobID = id }
            return
        }
        jobID = job.id
        run = job.run
        batchID = job.batchID
        batchIndex = job.batchIndex
        targetLanguage = job.targetLanguage
        sourceLanguage = job.sourceLanguage
        labels = job.labels
        if job.hasAudio { audio = job.audio }
    }

    /// Fills in what became of a recording, or a part of one.
    public mutating func complete(with recording: RecordingTranslation) {
        timings.encode = recording.timings.encodeSeconds
        timings.generate = recording.timings.generateSeconds
        if let language = recording.targetLanguage { targetLanguage = language }
        speechSeconds = recording.speechSeconds
        status =
            switch recording.status {
            case .ok: .ok
            case .tooShort: .tooShort
            case .noSpeech: .noSpeech
            }
        text = recording.text
        segments = recording.segments.map(ResultSegment.init)
    }

    /// Notes why the job could not be done.
    mutating func fail(_ failure: JobFailure) {
        status = .failed
        error = JobError()
        error.reason = failure.reason
        error.message = failure.message
    }

    /// A result of many segments without what only programs look at.
    var withoutTokens: TranslationResult {
        var result = self
        for index in result.segments.indices {
            result.segments[index].tokens = []
            result.segments[index].alternatives = []
        }
        return result
    }

    /// What is left of a result that is too large to be sent: whom it answers, and why the rest is not there.
    var withoutContents: TranslationResult {
        var result = TranslationResult()
        result.jobID = jobID
        result.run = run
        if batchID.utf8.count <= JobLimits.idLength { result.batchID = batchID }
        result.batchIndex = batchIndex
        result.origin = origin
        result.worker = worker
        result.attempt = attempt
        result.finishTime = finishTime
        if status.isSuccess {
            result.fail(JobFailure(.resultTooLarge, "the result is larger than what the brokers take"))
        } else {
            result.status = status
            result.error.reason = error.reason
            result.error.message = String(error.message.prefix(1000))
        }
        return result
    }
}

extension ResultSegment {
    init(_ segment: SegmentTranslation) {
        self.init()
        let translation = segment.translation
        start = segment.start
        end = segment.end
        speechProbability = Float(segment.speechProbability)
        remarks = segment.remarks.map { remark in
            switch remark {
            case .nonSpeech: .nonSpeech
            case .repetition: .repetition
            case .tokenBudget: .tokenBudget
            }
        }
        text = translation.text
        tokens = translation.tokens
        if let score = translation.beamScore { beamScore = score }
        if let logprob = translation.meanTokenLogprob { meanTokenLogprob = logprob }
        alternatives = translation.alternatives.map(ResultAlternative.init)
    }
}

extension ResultAlternative {
    init(_ alternative: Translation.Alternative) {
        self.init()
        text = alternative.text
        tokens = alternative.tokens
        beamScore = alternative.beamScore
        if let logprob = alternative.meanTokenLogprob { meanTokenLogprob = logprob }
    }
}

extension JobAudio {
    /// The part that is wanted, in seconds; `nil` for all of it.
    var range: Range<Double>? {
        guard hasStart || hasEnd else { return nil }
        return start..<(hasEnd ? end : .infinity)
    }
}
