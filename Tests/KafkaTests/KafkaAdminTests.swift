import Kafka
import Testing

@Suite struct KafkaAdminTests {
    @Test func topicsAreCreatedAndEnlarged() async throws {
        let cluster = try TestCluster(.external)
        let admin = try cluster.admin()
        let reader = try cluster.reader()
        let name = cluster.topic + "-new"
        let bad = cluster.topic + "-bad"
        let outcomes = try await admin.createTopics([
            KafkaTopicPlan(name: name, partitions: 3, configuration: ["retention.ms": "60000"]),
            KafkaTopicPlan(name: cluster.topic, partitions: 3),
            KafkaTopicPlan(name: bad, partitions: 3, configuration: ["no.such.setting": "1"]),
        ])
        #expect(outcomes.count == 3)
        #expect(try #require(outcomes[name]) == nil)
        #expect(try #require(outcomes[cluster.topic])?.code == .topicExists)
        #expect(try #require(outcomes[bad])?.code == .configuration)
        #expect(try await reader.partitionCount(of: name) == 3)
        #expect(try await reader.partitionCount(of: cluster.topic) == 4)

        try await admin.addPartitions(topic: name, total: 5)
        #expect(try await reader.partitionCount(of: name) == 5)
        for total in [0, 2, .max] {
            let fewer = await #expect(throws: KafkaError.self) {
                try await admin.addPartitions(topic: name, total: total)
            }
            #expect(fewer?.code == .configuration)
        }
        let missing = await #expect(throws: KafkaError.self) { try await admin.addPartitions(topic: bad, total: 5) }
        #expect(missing?.code == .unknownTopic)
        #expect(missing?.message.contains(bad) == true)
        await reader.close()
        await admin.close()
    }

    @Test func badPlanIsRefused() async throws {
        let cluster = try TestCluster(.external)
        let admin = try cluster.admin()
        let unnamed = try await admin.createTopics([KafkaTopicPlan(name: "", partitions: 1)])
        #expect(try #require(unnamed[""])?.code == .configuration)
        let error = await #expect(throws: KafkaError.self) {
            try await admin.createTopics([KafkaTopicPlan(name: cluster.topic, partitions: -2)])
        }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(cluster.topic) == true)
        await admin.close()
    }

    @Test func embeddedBrokerCannotDoIt() async throws {
        let cluster = try TestCluster()
        let admin = try cluster.admin()
        let plan = KafkaTopicPlan(name: cluster.topic + "-new", partitions: 1)
        let create = await #expect(throws: KafkaError.self) { try await admin.createTopics([plan]) }
        #expect(create?.code == .notSupported)
        #expect(create?.message.contains(plan.name) == true)
        let enlarge = await #expect(throws: KafkaError.self) {
            try await admin.addPartitions(topic: cluster.topic, total: 8)
        }
        #expect(enlarge?.code == .notSupported)
        await admin.close()
        let late = await #expect(throws: KafkaError.self) { try await admin.createTopics([plan]) }
        #expect(late?.code == .closed)
    }

    @Test func unreachableBrokerIsNamed() async throws {
        let servers = try EmbeddedBroker(topics: []).bootstrapServers
        let configuration = KafkaConfiguration(bootstrapServers: servers, requestTimeout: .seconds(1))
        let admin = try KafkaAdmin(configuration: configuration, logger: .silent)
        let error = await #expect(throws: KafkaError.self) {
            try await admin.createTopics([KafkaTopicPlan(name: "jobs", partitions: 1)])
        }
        #expect(error?.code == .brokerUnreachable)
        #expect(error?.message.contains(servers) == true)
        await admin.close()
    }
}
