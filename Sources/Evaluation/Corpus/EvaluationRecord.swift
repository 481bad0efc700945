/// What became of a recording, as a line of an evaluation's results.
public struct EvaluationRecord: Sendable, Hashable, Codable {
    /// The recording: see ``EvaluationItem/key``.
    public let item: String
    /// A result's status by its name in the schema, such as `OK` or `FAILED`.
    public let status: String
    /// The translation; empty where there is none.
    public let text: String
    /// What the search ranked it by.
    public let beamScore: Float?
    /// Mean log-probability of its chosen tokens.
    public let meanTokenLogprob: Float?
    /// Length of the audio.
    public let audioSeconds: Double?
    /// Seconds that decoding, encoding and generating took, shared with whatever was done together.
    public let seconds: Double
    /// When it was done, in seconds since 1970.
    public let finishTime: Double
    /// Why it could not be done, by its name in the schema.
    public let reason: String?
    /// What made it.
    public let model: EvaluatedModel?

    /// Creates a record. Numbers that JSON has no place for are left out.
    public init(
        item: String, status: String, text: String, beamScore: Float?, meanTokenLogprob: Float?, audioSeconds: Double?,
        seconds: Double, finishTime: Double, reason: String?, model: EvaluatedModel?
    ) {
        self.item = item
        self.status = status
        self.text = text
        self.beamScore = beamScore.flatMap { $0.isFinite ? $0 : nil }
        self.meanTokenLogprob = meanTokenLogprob.flatMap { $0.isFinite ? $0 : nil }
        self.audioSeconds = audioSeconds.flatMap { $0.isFinite ? $0 : nil }
        self.seconds = seconds.isFinite ? seconds : 0
        self.finishTime = finishTime.isFinite ? finishTime : 0
        self.reason = reason
        self.model = model
    }

    /// Whether the recording was dealt with, even if nobody speaks in it.
    public var isSuccess: Bool { ["OK", "NO_SPEECH", "TOO_SHORT"].contains(status) }

    private enum CodingKeys: String, CodingKey {
        case item, status, text, seconds, reason, model
        case beamScore = "beam_score"
        case meanTokenLogprob = "mean_token_logprob"
        case audioSeconds = "audio_seconds"
        case finishTime = "finish_time"
    }
}
