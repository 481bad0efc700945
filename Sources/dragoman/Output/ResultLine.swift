import Jobs

/// What became of a recording, as a line of JSON: the same fields from `translate` and, with more about the job, from
/// `gather`. Fields that don't apply are null.
struct ResultLine: Encodable {
    /// Seconds by stage.
    struct Timings: Encodable {
        var queue: Double?
        var fetch: Double?
        var decode: Double
        var encode: Double
        var generate: Double
    }

    struct Failure: Encodable {
        var reason: String
        var message: String
    }

    struct Model: Encodable {
        var name: String
        var digest: String
        var precision: String
    }

    /// What only a job has.
    struct Job: Encodable {
        var id: String
        var run: UInt32
        var batchIndex: UInt32
        var sourceLanguage: String
        var targetLanguage: String
        var model: Model
        var worker: String
        var labels: [String: String]

        enum CodingKeys: String, CodingKey {
            case id = "job_id"
            case run
            case batchIndex = "batch_index"
            case sourceLanguage = "source_language"
            case targetLanguage = "target_language"
            case model, worker, labels
        }
    }

    var file: String
    var status: TranslationResult.Status
    var text = ""
    var tokens: [Int32] = []
    var beamScore: Float?
    var meanTokenLogprob: Float?
    var audioSeconds: Double?
    var timings: Timings?
    var failure: Failure?
    var job: Job?

    enum CodingKeys: String, CodingKey {
        case file, status, text, tokens
        case beamScore = "beam_score"
        case meanTokenLogprob = "mean_token_logprob"
        case audioSeconds = "audio_seconds"
        case timings
        case failure = "error"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(status.schemaName, forKey: .status)
        try container.encode(text, forKey: .text)
        try container.encode(tokens, forKey: .tokens)
        try container.encode(beamScore, forKey: .beamScore)
        try container.encode(meanTokenLogprob, forKey: .meanTokenLogprob)
        try container.encode(audioSeconds, forKey: .audioSeconds)
        try container.encode(timings, forKey: .timings)
        try container.encodeIfPresent(failure, forKey: .failure)
        try job?.encode(to: encoder)
    }
}
