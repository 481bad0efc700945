import Jobs

@testable import Coordinator

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

extension JobBatch {
    /// A batch of one job for each URI.
    init(uris: [String], template: TranslationJob = TranslationJob(), name: String? = nil) throws {
        var builder = try BatchBuilder(
            template: template, examination: FileExamination(cancellation: CancellationFlag()), progress: { _ in })
        for uri in uris { try builder.add(BatchEntry(.uri(uri), at: SourcePlace(uri))) }
        self = try builder.finish(name: name)
    }

    /// The jobs as they are kept, which is without what a submit adds.
    var jobs: [TranslationJob] {
        get throws {
            var jobs: [TranslationJob] = []
            try spool.forEach { jobs.append($0) }
            return jobs
        }
    }
}
