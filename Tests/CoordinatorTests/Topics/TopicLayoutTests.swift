import Coordinator
import Jobs
import Kafka
import Testing

@Suite struct TopicLayoutTests {
    private let topics: TopicNames

    init() throws {
        topics = try TopicNames(prefix: "t.")
    }

    @Test func everyTopicIsKeptByAge() {
        let plans = TopicLayout(topics: topics, partitions: 8).plans
        #expect(plans.map(\.name) == topics.all)
        #expect(plans.allSatisfy { $0.configuration["cleanup.policy"] == "delete" && $0.replicationFactor == -1 })
        #expect(plans.allSatisfy { $0.configuration["retention.ms"].flatMap(Int.init) ?? 0 >= 30 * 86_400_000 })
        #expect(plans.allSatisfy { $0.configuration["min.insync.replicas"] == nil })
    }

    @Test func partitions() throws {
        let layout = TopicLayout(topics: topics, partitions: 8)
        for topic in TopicLayout.equallyPartitioned(topics) { #expect(layout.plan(topic).partitions == 8) }
        #expect(Set(TopicLayout.equallyPartitioned(topics)) == Set(topics.sources + [topics.results]))
        #expect(layout.plan(topics.batches).partitions == 1 && layout.plan(topics.controls).partitions == 1)
    }

    @Test func replicasAndSettings() {
        let layout = TopicLayout(
            topics: topics, partitions: 8, replicationFactor: 3, configuration: ["retention.ms": "1", "a": "b"])
        #expect(layout.plan(topics.jobs).replicationFactor == 3)
        #expect(
            layout.plan(topics.jobs).configuration
                == ["cleanup.policy": "delete", "retention.ms": "1", "min.insync.replicas": "2", "a": "b"])
        #expect(layout.plan(topics.deadLetters).configuration["max.message.bytes"] == "2097152")
    }
}
