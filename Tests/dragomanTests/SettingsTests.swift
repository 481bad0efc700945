import ArgumentParser
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
            audio:
              roots: [/a, /b]
            kafka:
              options: ["security.protocol=ssl"]
            """
        file = try folder.write(Array(yaml.utf8), to: "dragoman.yaml")
    }

    @Test func environmentGoesBeforeTheFile() async throws {
        let fileAlone = try await Settings(file: file, environment: [:])
        #expect(try fileAlone.string(.brokers) == "file:1" && fileAlone.int(.threads) == 3)
        #expect(try fileAlone.strings(.audioRoots) == ["/a", "/b"] && fileAlone.string(.group) == nil)
        let both = try await Settings(
            file: file, environment: ["DRAGOMAN_BROKERS": "environment:1", "DRAGOMAN_AUDIO_ROOTS": "/c,/d"])
        #expect(try both.string(.brokers) == "environment:1" && both.strings(.audioRoots) == ["/c", "/d"])
        #expect(try both.int(.threads) == 3)
    }

    @Test func valueOfAnotherTypeIsAnError() async throws {
        let settings = try await Settings(file: nil, environment: ["DRAGOMAN_THREADS": "two"])
        #expect(throws: ValidationError.self) { try settings.int(.threads) }
    }

    @Test func flagsGoBeforeEverything() async throws {
        let settings = try await Settings(file: file, environment: ["DRAGOMAN_BROKERS": "environment:1"])
        let properties = try folder.write(Array("bootstrap.servers=properties:1\nclient.id=x\n".utf8), to: "kafka")
        #expect(try servers(["--brokers", "flag:1", "--kafka-config", properties], settings) == "flag:1")
        #expect(try servers(["--kafka-config", properties], settings) == "properties:1")
        #expect(try servers(["--kafka-option", "bootstrap.servers=option:1"], settings) == "option:1")
        #expect(try servers([], settings) == "environment:1")
        let kafka = try KafkaArguments.parse(["--kafka-config", properties, "--kafka-option", "client.id=y"])
        let configuration = try kafka.configuration(settings)
        #expect(configuration.properties["client.id"] == "y")
        #expect(configuration.properties["security.protocol"] == "ssl")
    }

    @Test func groupIsNamedAfterThePrefix() async throws {
        let settings = try await Settings(file: nil, environment: [:])
        let arguments = try GroupArguments.parse([])
        #expect(try arguments.name(settings, topics: .init(prefix: "mine.")) == "mine")
        #expect(try arguments.name(settings, topics: .init(prefix: "")) == "dragoman")
    }

    /// Every key stands, commented out, in the file that people begin with.
    @Test func exampleFileHasEveryKey() throws {
        let example = try String(
            contentsOf: Fixtures.root.appending(path: "Config/dragoman.yaml"), encoding: .utf8)
        for key in SettingKey.allCases {
            let last = key.rawValue.split(separator: ".").last ?? ""
            #expect(example.contains("\(last):"), "\(key.rawValue)")
        }
    }

    private func servers(_ arguments: [String], _ settings: Settings) throws -> String {
        try KafkaArguments.parse(arguments).configuration(settings).bootstrapServers
    }
}
