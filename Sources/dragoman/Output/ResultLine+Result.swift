import AudioStore
import Jobs

extension ResultLine {
    /// The line of a job's result.
    init(_ result: TranslationResult) {
        let wasDone = result.status.isSuccess
        self.init(
            file: result.fileName, status: result.status, text: result.text,
            tokens: result.segments.flatMap(\.tokens), audioSeconds: wasDone ? result.audioSeconds : nil)
        // Scores belong to an utterance: several have none together.
        if let segment = result.segments.first, result.segments.count == 1 {
            beamScore = segment.hasBeamScore ? segment.beamScore : nil
            meanTokenLogprob = segment.hasMeanTokenLogprob ? segment.meanTokenLogprob : nil
            alternatives = segment.alternatives.map(Alternative.init)
        }
        speechSeconds = result.hasSpeechSeconds ? result.speechSeconds : nil
        segments = result.segments.map(Segment.init)
        let timings = result.timings
        self.timings = Timings(
            queue: timings.queue, fetch: timings.fetch, decode: timings.decode, encode: timings.encode,
            generate: timings.generate)
        if result.hasError {
            failure = Failure(reason: result.error.reason.schemaName, message: result.error.message)
        }
        job = Job(
            id: result.jobID, run: result.run, batchIndex: result.batchIndex, sourceLanguage: result.sourceLanguage,
            targetLanguage: result.targetLanguage,
            model: Model(
                name: result.model.name, digest: result.model.digest, precision: result.model.precision),
            worker: result.worker, labels: result.labels)
    }
}

extension ResultLine.Segment {
    fileprivate init(_ segment: ResultSegment) {
        self.init(
            start: segment.start, end: segment.end, text: segment.text, tokens: segment.tokens,
            beamScore: segment.hasBeamScore ? segment.beamScore : nil,
            meanTokenLogprob: segment.hasMeanTokenLogprob ? segment.meanTokenLogprob : nil,
            speechProbability: segment.hasSpeechProbability ? segment.speechProbability : nil,
            remarks: segment.remarks.map(\.schemaName))
    }
}

extension ResultLine.Alternative {
    fileprivate init(_ alternative: ResultAlternative) {
        self.init(
            text: alternative.text, tokens: alternative.tokens,
            beamScore: alternative.hasBeamScore ? alternative.beamScore : nil,
            meanTokenLogprob: alternative.hasMeanTokenLogprob ? alternative.meanTokenLogprob : nil)
    }
}

extension TranslationResult {
    /// The path of a local file, else the URI.
    var fileName: String { audio.fileName }
}

extension TranslationJob {
    /// The path of a local file, else the URI.
    var fileName: String { audio.fileName }
}

extension JobAudio {
    fileprivate var fileName: String {
        (try? FileURI.path(of: uri)) ?? uri
    }
}
