import Foundation
import TestSupport

/// A process of the driver's. It dies with the object.
final class ChildProcess: Sendable {
    private let process: SpawnedProcess
    /// Its status, once.
    private let statuses: AsyncStream<String>

    /// Starts it.
    /// - Parameters:
    ///   - output: file for standard output, made anew; `nil` for where the log goes.
    ///   - log: file for standard error, added to.
    init(_ executable: String, _ arguments: [String], output: String? = nil, log: String) throws {
        let messages = try Self.open(log)
        let (statuses, status) = AsyncStream<String>.makeStream()
        self.statuses = statuses
        process = try SpawnedProcess(
            executable, arguments, output: .file(output.map(Self.open) ?? messages), messages: .file(messages)
        ) { end in
            switch end {
            case .exit(let number): status.yield("\(number)")
            case .signal(let number): status.yield("signal \(number)")
            }
            status.finish()
        }
    }

    var pid: Int32 { process.id }
    var isRunning: Bool { process.end == nil }

    func send(_ signal: Int32) { process.send(signal) }

    /// Waits for its end. One caller only.
    /// - Returns: `0` or another status, or `signal 9`; `nil` when the task is cancelled first.
    func end() async -> String? {
        for await status in statuses { return status }
        return nil
    }

    private static func open(_ path: String) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(filePath: path)) }
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.seekToEnd()
        return handle
    }
}
