import Jobs
import Kafka

/// What is there of a fleet's topics, held against what should be.
public struct TopicInspection: Sendable {
    private let topics: TopicNames
    private let counts: [String: Int]

    /// - Parameter counts: how many partitions each of the topics has that exist.
    init(topics: TopicNames, counts: [String: Int]) {
        self.topics = topics
        self.counts = counts
    }

    /// Every topic with what is wrong with it, in the order of `TopicNames.all`.
    public var findings: [TopicFinding] {
        let most = equallyPartitioned.compactMap { counts[$0] }.max() ?? 0
        return topics.all.map { topic in
            guard let count = counts[topic] else {
                return TopicFinding(topic: topic, partitions: nil, problem: .missing)
            }
            let isShort = equallyPartitioned.contains(topic) && count < most
            return TopicFinding(
                topic: topic, partitions: count, problem: isShort ? .tooFewPartitions(wanted: most) : nil)
        }
    }

    /// What to do so that the topics are as a layout has them. Topics can grow, never shrink: the one with the most
    /// partitions decides for all that have to be equal.
    public func changes(towards layout: TopicLayout) -> [TopicChange] {
        var layout = layout
        layout.partitions = max(layout.partitions, equallyPartitioned.compactMap { counts[$0] }.max() ?? 0)
        return layout.plans.compactMap { plan in
            guard let count = counts[plan.name] else { return .create(plan) }
            guard equallyPartitioned.contains(plan.name), count < plan.partitions else { return nil }
            return .addPartitions(topic: plan.name, from: count, to: plan.partitions)
        }
    }

    private var equallyPartitioned: [String] { TopicLayout.equallyPartitioned(topics) }
}
