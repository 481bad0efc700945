import Foundation
import Synchronization
import TestSupport

/// The built executable, which lies beside the test bundle.
enum Tool {
    struct Outcome {
        let status: Int32
        let output: String
        let messages: String

        var lines: [Substring] { output.split(separator: "\n") }
    }

    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "dragoman").path(percentEncoded: false)

    /// Runs the tool to its end.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], input: SpawnedStream = .nothing
    ) async throws -> Outcome {
        let process = try RunningTool(arguments, environment: environment, input: input)
        return try await process.outcome()
    }
}

/// Somebody else's program.
enum Program {
    /// Runs it to its end.
    static func run(_ path: String, _ arguments: [String], input text: String = "") async throws -> Tool.Outcome {
        let folder = try TemporaryDirectory()
        let input = try FileHandle(forReadingFrom: URL(filePath: folder.write(text.utf8, to: "stdin")))
        return try await RunningTool(arguments, executable: path, input: .file(input)).outcome()
    }
}

/// Asks again and again until there is an answer.
/// - Throws: ``Impatience`` after three times so many seconds: they are for a machine without neighbours.
func waitFor<Answer>(_ seconds: Int, _ ask: () async throws -> Answer?) async throws -> Answer {
    let deadline = ContinuousClock.now + .seconds(3 * seconds)
    while ContinuousClock.now < deadline {
        if let answer = try await ask() { return answer }
        try await Task.sleep(for: .milliseconds(50))
    }
    throw Impatience()
}

/// What was waited for did not come.
struct Impatience: Error {}

/// The tool, or another program, while it runs. It dies with the object.
final class RunningTool: Sendable {
    /// Holds what the tool wrote to standard output so far.
    let outputPath: String
    private let messagesPath: String
    private let folder: TemporaryDirectory
    private let process: SpawnedProcess
    private let ended: AsyncStream<Void>

    init(
        _ arguments: [String], executable: String = Tool.path, environment: [String: String] = [:],
        input: SpawnedStream = .nothing
    ) throws {
        folder = try TemporaryDirectory()
        outputPath = try folder.write([], to: "stdout")
        messagesPath = try folder.write([], to: "stderr")
        let (ended, end) = AsyncStream<Void>.makeStream()
        self.ended = ended
        process = try SpawnedProcess(
            executable, arguments, environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
            input: input, output: .file(FileHandle(forWritingTo: URL(filePath: outputPath))),
            messages: .file(FileHandle(forWritingTo: URL(filePath: messagesPath)))
        ) { _ in end.finish() }
    }

    var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }
    var messages: String { (try? String(contentsOfFile: messagesPath, encoding: .utf8)) ?? "" }

    var isRunning: Bool { process.end == nil }

    func send(_ signal: Int32) { process.send(signal) }

    /// Waits until the tool has ended.
    func outcome() async throws -> Tool.Outcome {
        for await _ in ended {}
        return Tool.Outcome(status: process.end?.number ?? -1, output: output, messages: messages)
    }

    /// Waits until the tool has said something, or has ended.
    func waitFor(_ isThere: @Sendable (RunningTool) -> Bool) async throws {
        while !isThere(self), isRunning { try await Task.sleep(for: .milliseconds(20)) }
    }
}
