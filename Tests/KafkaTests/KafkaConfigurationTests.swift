import TestSupport
import Testing

@testable import Kafka

@Suite struct KafkaConfigurationTests {
    @Test func propertiesFileIsParsed() throws {
        let directory = try TemporaryDirectory()
        let text = """
            # what the embedded broker prints
            bootstrap.servers=127.0.0.1:1,127.0.0.1:2

              session.timeout.ms = 6000\r
            sasl.password=a=b#c
            empty=
            """
        let path = try directory.write(text.utf8, to: "kafka.properties")
        let properties = try KafkaConfiguration.properties(fromFile: path)
        #expect(
            properties == [
                "bootstrap.servers": "127.0.0.1:1,127.0.0.1:2", "session.timeout.ms": "6000", "sasl.password": "a=b#c",
                "empty": "",
            ])
        #expect(try KafkaConfiguration(properties: properties).bootstrapServers == "127.0.0.1:1,127.0.0.1:2")
    }

    @Test(arguments: [("a=1\nsecret-without-equals", "line 2"), ("=1", "line 1"), ("a=1\n\na=2", "line 3")])
    func badLineIsNamed(text: String, line: String) throws {
        let error = #expect(throws: KafkaError.self) {
            try KafkaConfiguration.properties(text, source: "kafka.properties")
        }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains("kafka.properties, \(line)") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func missingFileIsNamed() throws {
        let error = #expect(throws: KafkaError.self) {
            try KafkaConfiguration.properties(fromFile: "/nowhere/kafka.properties")
        }
        #expect(error?.message.contains("/nowhere/kafka.properties") == true)
    }

    @Test func brokersHaveToBeNamed() {
        let error = #expect(throws: KafkaError.self) { try KafkaConfiguration(properties: [:]) }
        #expect(error?.code == .configuration)
    }

    @Test func secretsStaySecret() throws {
        let secret = "hunter2"
        let configuration = KafkaConfiguration(
            bootstrapServers: "broker:9092",
            properties: [
                "sasl.password": secret, "ssl.key.pem": secret, "sasl.oauthbearer.client.secret": secret,
                "client.id": "shown",
            ])
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), "\([configuration])", dumped] {
            #expect(!text.contains(secret))
            #expect(text.contains("shown"))
        }
    }
}
