import Foundation
import TestSupport

/// A worker as it is, with an engine that sleeps as each job's URI says: `chaos:ID?sleep=MILLISECONDS`.
final class ChaosWorker: Sendable {
    let tool: RunningTool
    private let folder: TemporaryDirectory

    /// `HOST:PORT` of HTTP, once it is served there.
    var httpAddress: String? {
        tool.messages.split(separator: "\n").first { $0.contains("serving HTTP") }?
            .split(separator: "address=").last.map { String($0.prefix { !$0.isWhitespace }) }
    }

    /// - Parameter arguments: What it is told besides.
    init(_ fleet: TestFleet, name: String = "w", inFlight: Int = 16, _ arguments: [String] = []) throws {
        folder = try TemporaryDirectory()
        for name in ["audio", "attempts", "logs"] {
            try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
        }
        _ = try folder.write("fine\n".utf8, to: "storage")
        let executable = URL(filePath: Tool.path).deletingLastPathComponent().appending(path: "dragoman-chaos")
        tool = try RunningTool(
            [
                "worker", "--brokers", fleet.brokers, "--prefix", fleet.prefix, "--name", name, "--output", folder.path,
                "--in-flight", "\(inFlight)", "--grace", "5", "--attempt-limit", "120", "--kafka",
                "session.timeout.ms=6000", "--kafka", "heartbeat.interval.ms=1000", "--kafka", "fetch.wait.max.ms=100",
            ] + arguments, executable: executable.path(percentEncoded: false))
    }
}
