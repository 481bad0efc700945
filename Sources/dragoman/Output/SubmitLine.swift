import Coordinator

/// What a submit did, or would do, as a line of JSON. What does not apply is null.
struct SubmitLine: Encodable {
    struct Problem: Encodable {
        var place: String
        var line: Int?
        var message: String

        init(_ problem: BatchProblem) {
            place = problem.place.name
            line = problem.place.line
            message = problem.message
        }
    }

    struct Problems: Encodable {
        var count: Int
        var first: [Problem]

        init(_ problems: Excerpt<BatchProblem>) {
            count = problems.count
            first = problems.first.map(Problem.init)
        }
    }

    private let batch: JobBatch
    /// `nil` where nothing was sent.
    private let summary: SubmitSummary?

    enum CodingKeys: String, CodingKey {
        case batchID = "batch_id"
        case run, jobs, answered, failed, waiting, sent, complete, duplicates
        case leftOut = "left_out"
        case audioSeconds = "audio_seconds"
        case unknownLengths = "unknown_lengths"
        case unreadable, problems
    }

    init(_ batch: JobBatch, _ summary: SubmitSummary?) {
        self.batch = batch
        self.summary = summary
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(batch.id, forKey: .batchID)
        try container.encode(summary?.run, forKey: .run)
        try container.encode(batch.jobCount, forKey: .jobs)
        try container.encode(summary?.answeredCount, forKey: .answered)
        try container.encode(summary?.failedCount, forKey: .failed)
        try container.encode(summary?.waitingCount, forKey: .waiting)
        try container.encode(summary?.sentCount ?? 0, forKey: .sent)
        try container.encode(summary?.isComplete ?? false, forKey: .complete)
        try container.encode(batch.duplicates.count, forKey: .duplicates)
        try container.encode(batch.leftOutCount, forKey: .leftOut)
        try container.encode(batch.audioSeconds, forKey: .audioSeconds)
        try container.encode(batch.unknownLengthCount, forKey: .unknownLengths)
        try container.encode(Problems(batch.unreadable), forKey: .unreadable)
        try container.encode(Problems(batch.problems), forKey: .problems)
    }
}
