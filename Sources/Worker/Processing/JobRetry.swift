import FoundationEssentials
import Jobs

/// Another attempt at a job, later.
struct JobRetry: Sendable {
    /// Why, and what came before.
    let report: JobReport
    /// The topic to wait in.
    let delay: RetryDelay
    /// When the next attempt may begin.
    let notBefore: Date
    /// The answer where the record, with headers added, has become too large to be sent: it is given up then.
    let lastAnswer: TranslationResult
}
