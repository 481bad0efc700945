import Jobs

/// What is to be written for a record of a jobs topic.
public struct JobOutcome: Sendable {
    /// The answer, where the job's id is known.
    public var result: TranslationResult?
    /// How the answer is to be encoded: as the job was.
    public var format: WireFormat
    /// Why the record itself is to be kept as a dead letter, where it is.
    public var deadLetter: JobFailure?
}
