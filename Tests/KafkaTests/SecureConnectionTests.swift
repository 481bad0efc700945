import Testing

@testable import Kafka

/// TLS and SASL as far as they can be tried without a broker that has them.
@Suite struct SecureConnectionTests {
    @Test(arguments: ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"])
    func mechanismIsBuiltIn(mechanism: String) throws {
        _ = try open([
            "security.protocol": "sasl_ssl", "sasl.mechanism": mechanism, "sasl.username": "me",
            "sasl.password": "secret", "ssl.endpoint.identification.algorithm": "https",
        ])
    }

    @Test(arguments: [
        ["security.protocol": "sasl_ssl", "sasl.mechanism": "ROT13"], ["security.protocol": "tls"],
        ["security.protocol": "ssl", "ssl.ca.location": "/nowhere/ca.pem"],
    ])
    func whatCannotWorkIsSaidBeforeAnythingIsSent(properties: [String: String]) {
        let error = #expect(throws: KafkaError.self) { _ = try open(properties) }
        #expect(error?.code == .configuration)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func aBrokerInTheClearIsNoneWithTLS() async throws {
        let cluster = try TestCluster()
        var configuration = cluster.configuration
        configuration.properties["security.protocol"] = "ssl"
        configuration.requestTimeout = .seconds(2)
        let reader = try KafkaReader(configuration: configuration, logger: .silent)
        let error = await #expect(throws: KafkaError.self) { try await reader.partitionCount(of: cluster.topic) }
        #expect(error?.code == .brokerUnreachable)
        await reader.close()
    }

    private func open(_ properties: [String: String]) throws -> ClientHandle {
        let configuration = KafkaConfiguration(bootstrapServers: "127.0.0.1:1", properties: properties)
        return try ClientHandle(
            ClientProperties(kind: .producer, configuration: configuration), context: ClientContext(logger: .silent))
    }
}
