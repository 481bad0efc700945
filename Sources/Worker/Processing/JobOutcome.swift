import Jobs

/// What is to be written for a record of a topic that workers take from: an answer, a dead letter with or without an
/// answer, or a retry.
struct JobOutcome: Sendable {
    /// The answer: where the job's id is known, and no other attempt follows.
    var result: TranslationResult?
    /// How the answer is to be encoded: as the job was.
    var format: WireFormat
    /// Why the record is to be kept as a dead letter, where it is.
    var deadLetter: JobReport?
    /// Another attempt, where one follows.
    var retry: JobRetry?
}
