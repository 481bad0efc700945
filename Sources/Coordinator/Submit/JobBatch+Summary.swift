import Jobs

extension JobBatch {
    /// What there is to say about a batch without its jobs.
    struct Summary: Sendable {
        var problems = Excerpt<BatchProblem>()
        var duplicates = Excerpt<String>()
        var unreadable = Excerpt<BatchProblem>()
        var leftOutCount = 0
        private(set) var jobCount = 0
        private(set) var audioSeconds = 0.0
        private(set) var unknownLengthCount = 0
        /// What is asked for, where it is the same for all jobs.
        private(set) var options: BatchOptions
        /// Labels of all jobs.
        let labels: [String: String]

        init(_ template: TranslationJob) {
            labels = template.labels
            options = BatchOptions()
            options.model = template.model
            options.sourceLanguage = template.sourceLanguage
            options.targetLanguage = template.targetLanguage
            if template.hasDecoding { options.decoding = template.decoding }
            if template.hasSegmentation { options.segmentation = template.segmentation }
        }

        mutating func add(_ job: TranslationJob) {
            jobCount += 1
            if job.sourceLanguage != options.sourceLanguage { options.sourceLanguage = "" }
            if job.targetLanguage != options.targetLanguage { options.targetLanguage = "" }
            if let seconds = job.audio.knownSeconds {
                // What a manifest says may be any number; the sum stays one.
                audioSeconds = min(audioSeconds + seconds, .greatestFiniteMagnitude)
            } else {
                unknownLengthCount += 1
            }
        }
    }
}

extension JobAudio {
    /// How much there is to translate, going by range and hint.
    fileprivate var knownSeconds: Double? {
        guard hasEnd || hasDurationHint else { return nil }
        let last = min(hasEnd ? end : .infinity, hasDurationHint ? durationHint : .infinity)
        return max(0, last - start)
    }
}
