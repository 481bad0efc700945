import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// A process of the driver's. It dies with the object.
final class ChildProcess: Sendable {
    private let process: Process
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
        process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try output.map(Self.open) ?? messages
        process.standardError = messages
        process.terminationHandler = { process in
            let number = process.terminationStatus
            status.yield(process.terminationReason == .uncaughtSignal ? "signal \(number)" : "\(number)")
            status.finish()
        }
        try process.run()
    }

    deinit { send(SIGKILL) }

    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    func send(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

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
