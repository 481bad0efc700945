import Jobs

/// How far a batch is.
public struct GatherProgress: Sendable, Hashable {
    /// What gathering is at.
    public enum Phase: Sendable, Hashable {
        /// The batch's record is not there.
        case waitingForRecord
        /// Only the mark of a submit that has not ended, or never will, is there.
        case waitingForSubmit
        /// What was there already is read: this says nothing about how fast the workers are.
        case catchingUp
        /// Results are counted as they come.
        case waitingForResults
        /// The brokers have gone away since.
        case waitingForBrokers
    }

    /// What gathering is at.
    public var phase: Phase
    /// Jobs in the batch; `nil` until its record is found.
    public var total: Int?
    /// Length of all its audio in seconds, by the jobs' duration hints; `nil` where they are not known.
    public var totalHintSeconds: Double?
    /// Jobs with a result.
    public var done = 0
    /// Those of them that could not be done.
    public var failed = 0
    /// Audio translated, in seconds.
    public var audioSeconds = 0.0
    /// What the finished jobs are of ``totalHintSeconds``.
    public var hintSeconds = 0.0
    /// What the brokers no longer have of what the batch's records speak of, or of what was read.
    public var losses: [RecordLoss] = []

    /// Creates the progress of a batch of which nothing is there yet.
    public init(phase: Phase = .waitingForRecord, total: Int? = nil, totalHintSeconds: Double? = nil) {
        self.phase = phase
        self.total = total
        self.totalHintSeconds = totalHintSeconds
    }

    mutating func add(_ result: GatheredResult) {
        count(result, 1)
    }

    mutating func remove(_ result: GatheredResult) {
        count(result, -1)
    }

    private mutating func count(_ result: GatheredResult, _ sign: Int) {
        done += sign
        failed += result.status.isSuccess ? 0 : sign
        audioSeconds += Double(sign) * result.audioSeconds
        hintSeconds += Double(sign) * result.hintSeconds
    }
}
