import Jobs

/// What became of a recording, as a line of JSON: the same fields from `translate` and, with more about the job, from
/// `gather`. Fields that don't apply are null.
struct ResultLine {
    /// Seconds by stage.
    struct Timings {
        var queue: Double?
        var fetch: Double?
        var decode: Double
        var encode: Double
        var generate: Double
    }

    /// Another hypothesis.
    struct Alternative {
        var text: String
        var tokens: [Int32]
        var beamScore: Float?
        var meanTokenLogprob: Float?
    }

    /// A stretch of the recording.
    struct Segment {
        var start: Double
        var end: Double
        var text: String
        var tokens: [Int32] = []
        var beamScore: Float?
        var meanTokenLogprob: Float?
        var speechProbability: Float?
        /// By the schema's names.
        var remarks: [String] = []
    }

    struct Failure {
        var reason: String
        var message: String
    }

    struct Model {
        var name: String
        var digest: String
        var precision: String
    }

    /// What only a job has.
    struct Job {
        var id: String
        var run: UInt32
        var batchIndex: UInt32
        var sourceLanguage: String
        var targetLanguage: String
        var model: Model
        var worker: String
        var labels: [String: String]
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
    /// Hypotheses after the best; the line says nothing of them where there are none.
    var alternatives: [Alternative] = []
    /// Seconds in which somebody speaks, where that is known.
    var speechSeconds: Double?
    /// Where there is a translation, at least one.
    var segments: [Segment] = []
    var job: Job?
}
