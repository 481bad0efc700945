import Kafka

@testable import Worker

extension WorkerLinks {
    /// Has what matters written down, and done wrong where that is asked for.
    static func chaotic(journal: Journal, sabotage: Sabotage?) -> WorkerLinks {
        WorkerLinks(
            publisher: { ChaosPublisher(publisher: $0, journal: journal, sabotage: sabotage) },
            committed: { offsets in
                journal.note(.assigned, detail: "\(offsets.count)")
                guard sabotage == .ignoreMetadata else { return offsets }
                return offsets.map { offset in
                    var offset = offset
                    offset.metadata = ""
                    return offset
                }
            })
    }
}
