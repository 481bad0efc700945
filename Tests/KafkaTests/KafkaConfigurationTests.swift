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

    @Test func shownPropertiesHideSecretsButNotWhereTheyAre() {
        let configuration = KafkaConfiguration(
            bootstrapServers: "broker:9092",
            properties: ["sasl.username": "me", "ssl.key.password": "hunter2", "sasl.password.file": "/etc/secret"])
        let shown = configuration.shownProperties()
        #expect(shown.map(\.name) == ["sasl.password.file", "sasl.username", "ssl.key.password"])
        #expect(shown.map(\.value) == ["/etc/secret", "me", "***"])
    }

    @Test(arguments: [
        ("hunter2", "hunter2"), ("hunter2\n", "hunter2"), ("hunter2\r\n", "hunter2"), (" a\nb\n\n", " a\nb\n"),
    ])
    func valueComesFromAFile(text: String, value: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text.utf8, to: "password")
        let configuration = KafkaConfiguration(
            bootstrapServers: "broker:9092", properties: ["sasl.password.file": path, "client.id": "me"])
        #expect(try configuration.propertiesWithFileContents() == ["sasl.password": value, "client.id": "me"])
        #expect(try ClientProperties(kind: .reader, configuration: configuration).resolved()["sasl.password"] == value)
    }

    @Test func fileThatCannotBeReadIsNamedWithItsProperty() throws {
        var configuration = KafkaConfiguration(
            bootstrapServers: "broker:9092", properties: ["sasl.password.file": "/nowhere/password"])
        let missing = #expect(throws: KafkaError.self) { try configuration.propertiesWithFileContents() }
        #expect(missing?.code == .configuration)
        #expect(missing?.message.contains("sasl.password.file") == true)
        #expect(missing?.message.contains("/nowhere/password") == true)
        configuration.properties["sasl.password"] = "hunter2"
        let twice = #expect(throws: KafkaError.self) { try configuration.propertiesWithFileContents() }
        #expect(twice?.message.contains("sasl.password.file") == true)
        #expect(twice?.description.contains("hunter2") == false)
    }

    @Test(arguments: ["sasl.password", "sasl.password.file", "linger.ms", "queue.buffering.max.ms", "acks", "debug"])
    func propertyNameIsValid(name: String) {
        #expect(KafkaConfiguration.isValidPropertyName(name))
    }

    @Test(arguments: [
        ("sasl.pasword", "sasl.password"), ("sasl_password", "sasl.password"), ("linger", "linger.ms"),
        ("sasl.pasword.file", "sasl.password.file"), ("Session.Timeout.ms", "session.timeout.ms"), ("nonsense", nil),
        ("", nil),
    ])
    func mistypedPropertyNameIsRecognized(name: String, nearest: String?) {
        #expect(!KafkaConfiguration.isValidPropertyName(name))
        #expect(KafkaConfiguration.nearestPropertyName(to: name) == nearest)
    }
}
