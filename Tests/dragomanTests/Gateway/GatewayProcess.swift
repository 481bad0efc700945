import Foundation
import TestSupport

/// `dragoman-gateway` in a process of its own.
final class GatewayProcess: Sendable {
    static let path = URL(filePath: Tool.path).deletingLastPathComponent().appending(path: "dragoman-gateway")
        .path(percentEncoded: false)

    let tool: RunningTool
    /// `HOST:PORT`.
    let address: String
    /// `HOST:PORT` of HTTP, where it is served.
    var httpAddress: Substring? {
        tool.output.split(separator: "\n").first { $0.hasPrefix("http=") }?.dropFirst("http=".count)
    }

    /// Starts a gateway, and waits until it can be asked.
    /// - Parameter index: the index's file.
    init(_ fleet: TestFleet, index: String, _ arguments: [String] = []) async throws {
        let tool = try RunningTool(
            ["--index", index, "--listen", "127.0.0.1:0", "--log-level", "debug"] + arguments + fleet.connection,
            executable: Self.path)
        self.tool = tool
        let line = try await waitFor(60) { () -> Substring? in
            guard tool.isRunning else { throw Ended(messages: tool.messages) }
            return tool.output.split(separator: "\n").first { $0.hasPrefix("listening=") }
        }
        address = String(line.dropFirst("listening=".count))
        // Until the index has caught up.
        _ = try await waitFor(60) { tool.messages.contains("ready") ? true : nil }
    }

    /// Ends it.
    func stop(_ signal: Int32) async throws -> Tool.Outcome {
        tool.send(signal)
        return try await tool.outcome()
    }

    private struct Ended: Error {
        let messages: String
    }
}

/// `Tests/Clients/gateway.py`.
struct GatewayClient {
    private static let path = Fixtures.root.appending(path: "Tests/Clients/gateway.py").path(percentEncoded: false)

    let python: String
    let options: [String]

    /// - Parameter options: what goes with every command.
    init(_ options: [String] = []) throws {
        python = try TestRequirement.variable("DRAGOMAN_TEST_PYTHON")
        self.options = options
    }

    /// Runs a command to its end.
    func run(_ arguments: [String]) async throws -> Tool.Outcome {
        try await Program.run(python, [Self.path] + arguments + options)
    }

    /// Runs a command that has to succeed, and reads the last line it prints.
    func ask<Answer: Decodable>(_ arguments: [String], _ type: Answer.Type = Answer.self) async throws -> Answer {
        let outcome = try await run(arguments)
        guard outcome.status == 0, let line = outcome.lines.last else {
            throw Failed(description: "\(arguments): \(outcome.output) \(outcome.messages)")
        }
        return try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
    }

    /// Runs a command that has to be refused.
    func refusal(_ arguments: [String]) async throws -> Refusal {
        let outcome = try await run(arguments)
        guard outcome.status == 1, let line = outcome.lines.last else {
            throw Failed(description: "\(arguments): \(outcome.output) \(outcome.messages)")
        }
        return try JSONDecoder().decode(Refusal.self, from: Data(line.utf8))
    }

    /// Begins a command.
    func start(_ arguments: [String]) throws -> RunningTool {
        try RunningTool([Self.path] + arguments + options, executable: python)
    }

    /// How a call was refused.
    struct Refusal: Decodable {
        let code: String
        let message: String
        let reason: String?
        let domain: String?
        let metadata: [String: String]?
    }

    private struct Failed: Error, CustomStringConvertible {
        let description: String
    }
}
