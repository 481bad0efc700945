import Jobs

/// The topics that make the index, by numbers that are the same in every gateway: tokens and the order of jobs rest on
/// them.
struct IndexedTopics: Sendable, Hashable {
    /// Names by number. Lanes come first, in the order of their rank.
    let names: [String]
    private let topics: TopicNames

    init(_ topics: TopicNames) {
        self.topics = topics
        names = topics.lanes + [topics.results, topics.batches, topics.controls] + topics.retries
    }

    func number(of topic: String) -> Int? { names.firstIndex(of: topic) }

    /// What a topic's records are about.
    func kind(of topic: Int) -> Kind {
        switch topic {
        case 0..<topics.lanes.count: .jobs
        case topics.lanes.count: .results
        case topics.lanes.count + 1: .batches
        case topics.lanes.count + 2: .controls
        default: .retries
        }
    }

    enum Kind {
        case jobs, results, batches, controls, retries
    }
}
