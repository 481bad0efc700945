import CSpawn
import Dispatch
import Foundation
import Synchronization

/// A program that runs in a process of its own, which dies with the object.
///
/// Not Foundation's `Process`: up to Swift 6.3 that reads beyond the list of open files when it starts a program, and now
/// and then ends who does so (swift-corelibs-foundation, pull request 5472). Here a program also starts without the signals
/// that are blocked or ignored around it, and inherits no files but the three it is given.
public final class SpawnedProcess: Sendable {
    /// How a process has ended.
    public enum End: Sendable, Equatable {
        case exit(Int32)
        case signal(Int32)

        /// The exit status, or the number of the signal.
        public var number: Int32 {
            switch self {
            case .exit(let status): status
            case .signal(let number): number
            }
        }
    }

    /// What could not be started.
    public struct Failure: Error, CustomStringConvertible {
        /// The program, and why.
        public let description: String
    }

    /// What the thread that waits for the process shares with the object.
    private final class Latch: Sendable {
        /// `nil` while it runs: so long its number is no other process's.
        let end = Mutex<End?>(nil)
        let opened = DispatchSemaphore(value: 0)
    }

    /// Its number.
    public let id: pid_t
    private let latch = Latch()

    /// Starts a program.
    /// - Parameters:
    ///   - executable: its path.
    ///   - environment: in place of this process's.
    ///   - folder: where it works, in place of where this process does.
    ///   - onEnd: called once it has ended, on another thread.
    /// - Throws: ``Failure``.
    public init(
        _ executable: String, _ arguments: [String], environment: [String: String]? = nil, folder: String? = nil,
        input: SpawnedStream = .nothing, output: SpawnedStream = .nothing, messages: SpawnedStream = .nothing,
        onEnd: @escaping @Sendable (End) -> Void = { _ in }
    ) throws {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        let streams = [(input, STDIN_FILENO), (output, STDOUT_FILENO), (messages, STDERR_FILENO)]
        for (stream, number) in streams {
            if let handle = stream.handle(for: number) {
                posix_spawn_file_actions_adddup2(&actions, handle.fileDescriptor, number)
            } else {
                posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
            }
        }
        if let folder { spawn_in_folder(&actions, folder) }
        spawn_closing_from(&actions, 3)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let words = ([executable] + arguments).map { strdup($0) }
        let variables = (environment ?? ProcessInfo.processInfo.environment).map { strdup("\($0)=\($1)") }
        defer { for each in words + variables { free(each) } }
        var id = pid_t()
        let error = posix_spawn(&id, executable, &actions, &attributes, words + [nil], variables + [nil])
        guard error == 0 else {
            throw Failure(description: "\(executable) can't be started: \(String(cString: strerror(error)))")
        }
        self.id = id
        // Output and messages may share a pipe, whose end is closed by then.
        for (stream, number) in streams {
            if case .pipe = stream { try? stream.handle(for: number)?.close() }
        }
        let latch = latch
        Thread.detachNewThread { [id] in
            let end = Self.reap(id, latch)
            latch.opened.signal()
            onEnd(end)
        }
    }

    deinit { send(SIGKILL) }

    /// How it has ended; `nil` while it runs.
    public var end: End? { latch.end.withLock { $0 } }

    /// Sends a signal, if it still runs.
    public func send(_ signal: Int32) {
        latch.end.withLock { if $0 == nil { _ = kill(id, signal) } }
    }

    /// Blocks until it has ended.
    @discardableResult
    public func waitForEnd() -> End? {
        latch.opened.wait()
        latch.opened.signal()
        return end
    }

    private static func reap(_ id: pid_t, _ latch: Latch) -> End {
        // Its number is given back under the lock, so that no signal goes to whoever gets it next.
        var information = siginfo_t()
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return latch.end.withLock { end in
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7f
            let found: End = signal == 0 ? .exit(status >> 8 & 0xff) : .signal(signal)
            end = found
            return found
        }
    }
}
