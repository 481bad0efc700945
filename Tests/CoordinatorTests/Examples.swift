import Jobs

enum Examples {
    static func uris(_ count: Int) -> [String] { (0..<count).map { "file:///data/\($0).wav" } }

    static func result(_ job: TranslationJob, status: TranslationResult.Status = .ok, text: String = "t")
        -> TranslationResult
    {
        var result = TranslationResult()
        result.jobID = job.id
        result.run = job.run
        result.batchID = job.batchID
        result.batchIndex = job.batchIndex
        result.audio = job.audio
        result.status = status
        result.text = text
        result.audioSeconds = 2
        return result
    }
}
