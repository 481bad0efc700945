import FoundationEssentials
import Jobs

extension TranslationJob {
    /// The time until its deadline, negative after it; `nil` without one.
    var timeLeft: Duration? {
        deadlineDate.map { .seconds($0.timeIntervalSinceNow) }
    }
}
