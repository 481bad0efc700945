import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import CommandSupport

@Suite struct SettingLayerTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    /// The file that people begin with has every key of the program, commented out, and no other.
    @Test func exampleFileHasEveryKey() throws {
        let example = try String(contentsOf: Fixtures.root.appending(path: "Config/dragoman.yaml"), encoding: .utf8)
        let lines = example.split(separator: "\n").map { line in
            line.hasPrefix("#  ") || !line.hasPrefix("# ") ? line.dropFirst() : line
        }
        let layer = try SettingLayer(yamlFile: write(lines.joined(separator: "\n")))
        #expect(Set(layer.values.keys) == Set(SettingKey.allCases))
        #expect(layer.kafka["sasl.password.file"]?.text == "/run/secrets/kafka-password")
        #expect(try SettingLayer(yamlFile: write(example)).values.isEmpty)
    }

    @Test(arguments: [
        ("brokrs: a", 1, "brokers"),
        ("log:\n  formt: json", 2, "log.format"),
        ("in-flight: 3", 1, "worker.in-flight"),
        ("brokrs:", 1, "brokers"),
        ("kafka:\n  sasl.pasword: x", 2, "sasl.password"),
    ])
    func unknownKeysAreRefusedWithTheNearest(yaml: String, line: Int, nearest: String) throws {
        let path = try write(yaml)
        let error = #expect(throws: ValidationError.self) { try SettingLayer(yamlFile: path) }
        let message = try #require(error?.message)
        #expect(message.hasPrefix("\(path):\(line): "), "\(message)")
        #expect(message.hasSuffix("did you mean '\(nearest)'?"), "\(message)")
    }

    @Test(arguments: [
        "- a list", "just text", "brokers: [a, {b: c}]", "kafka:\n  client.id: [a, b]", "brokers: a\nbrokers: b",
        "brokers: 'open", "\u{7}",
    ])
    func badFiles(yaml: String) throws {
        let path = try write(yaml)
        let error = #expect(throws: ValidationError.self) { try SettingLayer(yamlFile: path) }
        #expect(error?.message.contains(path) == true)
    }

    @Test(arguments: ["", "# nothing\n", "brokers:\n", "---\n", "{}"])
    func emptyFiles(yaml: String) throws {
        let layer = try SettingLayer(yamlFile: write(yaml))
        #expect(layer.values.isEmpty && layer.kafka.isEmpty)
    }

    @Test func missingFile() throws {
        let error = #expect(throws: ValidationError.self) { try SettingLayer(yamlFile: "/missing.yaml") }
        #expect(error?.message.contains("/missing.yaml") == true)
    }

    @Test func variables() throws {
        let layer = try SettingLayer(environment: [
            "DRAGOMAN_WORKER_IN_FLIGHT": "3", "DRAGOMAN_KAFKA_SASL_PASSWORD_FILE": "/secret", "PATH": "/bin",
            // Ours, but no settings.
            "DRAGOMAN_CPU": "avx2", "DRAGOMAN_TEST_BROKER": "b", "DRAGOMAN_BENCHMARK_MODEL": "m",
            "DRAGOMAN_CONFIG": "/c", "DRAGOMAN_BUILD_PATH": "/b",
            // From Kubernetes, for services called dragoman, dragoman-worker and dragoman-kafka.
            "DRAGOMAN_PORT": "tcp://10.0.0.1:80", "DRAGOMAN_SERVICE_HOST": "10.0.0.1",
            "DRAGOMAN_SERVICE_PORT_HTTP": "80",
            "DRAGOMAN_WORKER_PORT_80_TCP_ADDR": "10.0.0.1", "DRAGOMAN_KAFKA_PORT_9092_TCP": "tcp://10.0.0.1:9092",
            "DRAGOMAN_KAFKA_SERVICE_HOST": "10.0.0.2",
        ])
        #expect(layer.values.mapValues(\.text) == [.workerInFlight: "3"])
        #expect(layer.kafka.mapValues(\.text) == ["sasl.password.file": "/secret"])
    }

    @Test(arguments: [
        ("DRAGOMAN_BROKER", "DRAGOMAN_BROKERS"), ("DRAGOMAN_LOG_LEVLE", "DRAGOMAN_LOG_LEVEL"),
        ("DRAGOMAN_KAFKA_SASL_PASWORD", "'sasl.password'"),
    ])
    func unknownVariablesAreRefusedWithTheNearest(variable: String, nearest: String) throws {
        let error = #expect(throws: ValidationError.self) { try SettingLayer(environment: [variable: "x"]) }
        #expect(error?.message.contains(variable) == true && error?.message.contains("mean \(nearest)?") == true)
    }

    @Test func everyKeyHasAVariableOfItsOwn() {
        #expect(Set(SettingKey.allCases.map(\.variable)).count == SettingKey.allCases.count)
        #expect(SettingKey.workerInFlight.variable == "DRAGOMAN_WORKER_IN_FLIGHT")
    }

    private func write(_ yaml: String) throws -> String {
        try folder.write(Array(yaml.utf8), to: "\(UUID().uuidString).yaml")
    }
}
