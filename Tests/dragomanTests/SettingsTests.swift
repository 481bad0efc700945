import ArgumentParser
import CommandSupport
import Foundation
import Jobs
import Kafka
import TestSupport
import Testing

@testable import dragoman

@Suite struct SettingsTests {
    private let folder: TemporaryDirectory
    private let file: String

    init() throws {
        folder = try TemporaryDirectory()
        let yaml = """
            brokers: file:1
            threads: 3
            prefix: ""
            audio:
              roots: [/a, /b]
            kafka:
              security.protocol: ssl
              session:
                timeout.ms: 7000
              sasl.password.file: /secret
            """
        file = try folder.write(Array(yaml.utf8), to: "dragoman.yaml")
    }

    @Test func environmentGoesBeforeTheFile() throws {
        let fileAlone = try Settings(file: file, environment: [:])
        #expect(try fileAlone.string(.brokers) == "file:1" && fileAlone.int(.threads) == 3)
        #expect(try fileAlone.strings(.audioRoots) == ["/a", "/b"] && fileAlone.string(.group) == nil)
        #expect(try fileAlone.string(.prefix) == "" && fileAlone.value(.threads)?.value.origin == "\(file):2")
        let both = try Settings(
            file: file,
            environment: ["DRAGOMAN_BROKERS": "environment:1", "DRAGOMAN_AUDIO_ROOTS": "/c, /d", "DRAGOMAN_NAME": ""])
        #expect(try both.string(.brokers) == "environment:1" && both.strings(.audioRoots) == ["/c", "/d"])
        #expect(try both.int(.threads) == 3 && both.string(.name) == nil)
        #expect(both.value(.brokers)?.source == .environment && both.value(.threads)?.source == .file)
        let named = try Settings(file: nil, environment: ["DRAGOMAN_CONFIG": file])
        #expect(try named.int(.threads) == 3)
    }

    @Test func valueOfAnotherTypeIsAnError() throws {
        let settings = try Settings(
            file: nil, environment: ["DRAGOMAN_THREADS": "two", "DRAGOMAN_WORKER_GRACE": "nan"])
        let error = #expect(throws: ValidationError.self) { try settings.int(.threads) }
        #expect(error?.message == "DRAGOMAN_THREADS: threads: expected a whole number, not 'two'")
        #expect(throws: ValidationError.self) { try settings.double(.workerGrace) }
    }

    /// A list, a number, a text and a property of librdkafka, each from every source.
    @Test(arguments: [
        (SettingKey.brokers, "--brokers"), (.prefix, "--prefix"), (.group, "--group"), (.model, "--model"),
        (.threads, "--threads"), (.kafkaConfig, "--kafka-config"), (.logLevel, "--log-level"),
        (.logFormat, "--log-format"),
    ])
    func flagsGoBeforeTheEnvironmentBeforeTheFile(key: SettingKey, flag: String) throws {
        let values = key == .logFormat ? ["text", "json", "text"] : ["1", "2", "3"]
        let nested = key.rawValue.split(separator: ".").joined(separator: ": { ")
        let yaml = "\(nested): '\(values[0])'" + (nested.contains("{") ? " }" : "")
        let path = try folder.write(Array(yaml.utf8), to: "one.yaml")
        let inFile = try Settings(file: path, environment: [:])
        #expect(try inFile.string(key) == values[0])
        let inEnvironment = try Settings(file: path, environment: [key.variable: values[1]])
        #expect(try inEnvironment.string(key) == values[1])
        let flags = try ConfigShowCommand.parse([flag, values[2]]).flags()
        let all = inEnvironment.overridden(by: flags)
        #expect(try all.string(key) == values[2] && all.value(key)?.value.origin == flag)
    }

    @Test func kafkaPropertiesBySource() throws {
        let lower = ["DRAGOMAN_KAFKA_SECURITY_PROTOCOL": "plaintext", "DRAGOMAN_KAFKA_SASL_PASSWORD": "hidden"]
        let settings = try Settings(file: file, environment: lower)
        let flags = try KafkaArguments.parse(["--kafka-option", "session.timeout.ms=8000"]).flags()
        let properties = try settings.overridden(by: flags).kafkaProperties()
        #expect(properties["security.protocol"]?.value.text == "plaintext")
        #expect(properties["session.timeout.ms"]?.value.text == "8000")
        #expect(properties["bootstrap.servers"]?.value.text == "file:1")
        // The environment gives the secret itself, so that the file's file does not count.
        #expect(properties["sasl.password"]?.value.text == "hidden" && properties["sasl.password.file"] == nil)
        #expect(try settings.kafkaProperties()["session.timeout.ms"]?.value.text == "7000")
    }

    @Test func brokersBySource() throws {
        let settings = try Settings(file: file, environment: ["DRAGOMAN_BROKERS": "environment:1"])
        let properties = try folder.write(Array("metadata.broker.list=properties:1\nclient.id=x\n".utf8), to: "kafka")
        #expect(try servers(["--brokers", "flag:1", "--kafka-config", properties], settings) == "flag:1")
        #expect(try servers(["--kafka-config", properties], settings) == "properties:1")
        #expect(
            try servers(["--kafka-option", "bootstrap.servers=option:1", "--kafka-config", properties], settings)
                == "option:1")
        #expect(try servers([], settings) == "environment:1")
        let kafka = try KafkaArguments.parse(["--kafka-config", properties, "--kafka-option", "client.id=y"])
        let configuration = try kafka.configuration(settings)
        #expect(configuration.properties["client.id"] == "y")
        #expect(configuration.properties["security.protocol"] == "ssl")
        let nothing = try Settings(file: nil, environment: [:])
        #expect(throws: ValidationError.self) { try servers([], nothing) }
    }

    @Test func lanesAreNamed() throws {
        let settings = try Settings(
            file: nil, environment: ["DRAGOMAN_TOPICS_JOBS": "calls", "DRAGOMAN_TOPICS_BULK": "archive"])
        let topics = try KafkaArguments.parse(["--prefix", "p."]).topics(settings)
        #expect(topics.lanes == ["calls", "archive"] && topics.results == "p.results")
        let bad = try Settings(file: nil, environment: ["DRAGOMAN_TOPICS_JOBS": "a b"])
        #expect(throws: JobsError.self) { try bad.topics() }
    }

    @Test func groupIsNamedAfterThePrefix() throws {
        let settings = try Settings(file: nil, environment: [:])
        let arguments = try GroupArguments.parse([])
        #expect(try arguments.name(settings, topics: .init(prefix: "mine.")) == "mine")
        #expect(try arguments.name(settings, topics: .init(prefix: "")) == "dragoman")
    }

    private func servers(_ arguments: [String], _ settings: Settings) throws -> String {
        try KafkaArguments.parse(arguments).configuration(settings).bootstrapServers
    }
}
