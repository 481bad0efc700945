import FoundationEssentials
import Jobs

extension TranslationJob {
    /// Whether its deadline has passed.
    var isOverdue: Bool {
        deadlineDate.map { $0 <= Date() } ?? false
    }
}
