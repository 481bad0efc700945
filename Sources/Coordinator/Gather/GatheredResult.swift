import Jobs

/// A job's result as it is kept while its batch is gathered: what gathering has to know, and the rest encoded, which
/// takes a fraction of the message's room.
public struct GatheredResult: Sendable {
    /// The job's id.
    public let jobID: String
    /// The job's position in its batch.
    public let batchIndex: UInt32
    /// What became of it.
    public let status: TranslationResult.Status
    /// Why it could not be done; `nil` where it could.
    public let reason: JobError.Reason?
    /// Audio that was translated, in seconds.
    public let audioSeconds: Double
    /// How long the audio was thought to be; where nobody thought anything, ``audioSeconds``.
    let hintSeconds: Double
    /// Whether it counts.
    let rank: ResultRank
    /// The job's run.
    public var run: UInt32 { rank.run }
    private let encoded: [UInt8]

    init(_ result: TranslationResult, encoded: [UInt8], rank: ResultRank) {
        jobID = result.jobID
        batchIndex = result.batchIndex
        status = result.status
        reason = result.status.isSuccess ? nil : result.error.reason
        audioSeconds = Self.length(result.audioSeconds)
        hintSeconds = result.audio.hasDurationHint ? Self.length(result.audio.durationHint) : audioSeconds
        self.rank = rank
        self.encoded = encoded
    }

    /// The whole result.
    /// - Throws: `JobsError`; not for what was decoded before it was kept, as gathering does.
    public func decoded() throws(JobsError) -> TranslationResult {
        try MessageCodec.decode(from: encoded, format: .protobuf)
    }

    /// What comes over the wire can be any number.
    private static func length(_ seconds: Double) -> Double {
        seconds.isFinite && seconds > 0 ? seconds : 0
    }
}
