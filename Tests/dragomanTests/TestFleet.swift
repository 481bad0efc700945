import Foundation
import TestSupport
import Testing

/// The brokers fleets are tried on: librdkafka's mock cluster in a process of its own, and the independent implementation
/// that `DRAGOMAN_TEST_BROKER` names.
enum BrokerKind: String, CaseIterable, Sendable {
    case embedded
    case independent
}

/// The topics of one fleet on a broker, and worker processes with the demonstration model.
final class TestFleet: Sendable {
    /// `HOST:PORT`.
    let brokers: String
    /// What the topics' names begin with.
    let prefix: String
    /// The workers' consumer group.
    let group: String
    /// What every command needs to find them.
    let connection: [String]
    private let process: BrokerProcess?

    init(_ kind: BrokerKind, partitions: Int = 12) async throws {
        switch kind {
        case .embedded:
            let process = try await BrokerProcess(partitions: partitions)
            self.process = process
            prefix = "dragoman."
            brokers = process.lines.first.map { String($0.dropFirst("bootstrap.servers=".count)) } ?? ""
            connection = ["--kafka-config", process.configPath, "--group", prefix + "workers"]
        case .independent:
            process = nil
            brokers = try TestRequirement.variable("DRAGOMAN_TEST_BROKER")
            prefix = "test-\(UUID().uuidString.lowercased())."
            connection = ["--brokers", brokers, "--prefix", prefix, "--group", prefix + "workers"]
            let created = try await Tool.run(["topics", "create", "--partitions", "\(partitions)"] + connection)
            try #require(created.status == 0, "\(created.messages)")
        }
        group = prefix + "workers"
    }

    /// Ends the broker, where it is the fleet's own.
    func stopBroker() async throws { _ = try await process?.stop(SIGKILL) }

    /// Runs a command that talks to the broker.
    func run(_ arguments: [String]) async throws -> Tool.Outcome {
        try await Tool.run(arguments + connection)
    }

    /// Starts a worker that logs every step as JSON.
    func startWorker(_ name: String, roots: [String] = [DemoModel.samplesFolder]) throws -> WorkerProcess {
        let tool = try RunningTool(
            ["worker", "--model", DemoModel.checkpoint, "--name", name, "--log-format", "json", "--log-level", "debug"]
                + roots.flatMap { ["--audio-root", $0] } + connection)
        return WorkerProcess(tool)
    }
}

/// What a test needs from outside. Where that is missing the test is skipped, except on a CI machine: there it fails.
enum TestRequirement {
    static func variable(_ name: String) throws -> String {
        if let value = ProcessInfo.processInfo.environment[name] { return value }
        throw try missing("\(name) is not set; Tests/run.sh sets it")
    }

    static func program(_ name: String) throws -> String {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        if let path = folders.map({ "\($0)/\(name)" }).first(where: FileManager.default.isExecutableFile) {
            return path
        }
        throw try missing("\(name) is not installed; Tests/run.sh installs it")
    }

    private struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private static func missing(_ what: String) throws -> any Error {
        guard ProcessInfo.processInfo.environment["CI"] == nil else { return Missing(description: what) }
        try Test.cancel("\(what)")
    }
}
