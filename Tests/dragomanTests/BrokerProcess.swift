/// `dragoman broker` in a process of its own.
final class BrokerProcess: Sendable {
    /// What the broker printed, which is a file for `--kafka-config`.
    var configPath: String { tool.outputPath }
    private let tool: RunningTool

    init(partitions: Int = 16) async throws {
        tool = try RunningTool(["broker", "--partitions", "\(partitions)"])
        try await tool.waitFor { $0.output.split(separator: "\n").count >= 3 }
    }

    var lines: [Substring] { tool.output.split(separator: "\n") }

    func stop(_ signal: Int32) async throws -> Tool.Outcome {
        tool.send(signal)
        return try await tool.outcome()
    }
}
