import Testing

@testable import Kafka

@Suite struct ClientPropertiesTests {
    private static let consumer = ClientProperties.Kind.groupConsumer(group: "workers", bufferLimit: 10)

    private func properties(
        _ kind: ClientProperties.Kind, _ properties: [String: String] = [:], version: Int32? = nil
    ) -> ClientProperties {
        var result = ClientProperties(
            kind: kind, configuration: KafkaConfiguration(bootstrapServers: "broker:9092", properties: properties))
        if let version { result.libraryVersion = version }
        return result
    }

    @Test func usersPropertiesOverrideOurs() throws {
        let resolved = try properties(
            .producer, ["client.id": "mine", "linger.ms": "1", "bootstrap.servers": "other:1", "group.id": "unused"]
        ).resolved()
        #expect(resolved["client.id"] == "mine")
        #expect(resolved["linger.ms"] == "1")
        #expect(resolved["bootstrap.servers"] == "broker:9092")
        #expect(resolved["enable.idempotence"] == "true")
        #expect(resolved["group.id"] == nil)
    }

    @Test func aDeadMemberIsNoticedSoonerThanByDefault() throws {
        #expect(try properties(Self.consumer).resolved()["session.timeout.ms"] == "10000")
        let chosen = try properties(Self.consumer, ["session.timeout.ms": "6000"]).resolved()
        #expect(chosen["session.timeout.ms"] == "6000")
    }

    @Test(arguments: [
        (ClientProperties.Kind.producer, "enable.idempotence", "false"), (.producer, "acks", "1"),
        (.producer, "request.required.acks", "0"), (.producer, "transactional.id", "t"),
        (consumer, "enable.auto.commit", "TRUE"), (consumer, "enable.auto.offset.store", "true"),
        (consumer, "auto.offset.reset", "latest"), (consumer, "group.id", "others"),
        (consumer, "allow.auto.create.topics", "true"), (.reader, "enable.partition.eof", "false"),
    ])
    func propertiesThatBreakPromisesAreRefused(kind: ClientProperties.Kind, name: String, value: String) {
        let error = #expect(throws: KafkaError.self) { try properties(kind, [name: value]).resolved() }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(name) == true)
    }

    @Test func cooperativeStickyNeedsANewerLibrary() throws {
        let sticky = ["partition.assignment.strategy": "range,cooperative-sticky"]
        let error = #expect(throws: KafkaError.self) {
            try properties(Self.consumer, sticky, version: 0x0200_02ff).resolved()
        }
        #expect(error?.message.contains("2.4.0") == true)
        _ = try properties(Self.consumer, sticky, version: 0x0204_00ff).resolved()
    }

    @Test func theSamePropertyMayBeFineElsewhere() throws {
        _ = try properties(.producer, ["enable.auto.commit": "true"]).resolved()
        _ = try properties(Self.consumer, ["acks": "1", "enable.auto.commit": "false"]).resolved()
    }

    @Test func unknownPropertyIsNamed() {
        let error = #expect(throws: KafkaError.self) { try properties(.producer, ["linger": "1"]).makeConfiguration() }
        #expect(error?.message == "there is no property \"linger\": did you mean linger.ms?")
    }
}
