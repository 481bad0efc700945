import Coordinator
import Jobs
import Kafka
import Logging
import Synchronization

/// How many jobs wait for workers, looked up from time to time and reckoned in between.
final class BacklogWatch: Sendable {
    let limit: Int
    private let reader: LagReader
    private let logger: Logger
    /// Jobs that wait, with those that were let through since.
    private let backlog = Mutex(Int64(0))
    private static let interval = Duration.seconds(1)

    init(limit: Int, reader: LagReader, logger: Logger) {
        self.limit = limit
        self.reader = reader
        self.logger = logger
    }

    /// Lets through as many of some jobs as may wait.
    func take(_ count: Int) -> Int {
        backlog.withLock { backlog in
            let taken = max(0, min(count, limit - Int(clamping: backlog)))
            backlog += Int64(taken)
            return taken
        }
    }

    /// Until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                let report = try await reader.read()
                backlog.withLock { $0 = report.totalLag }
            } catch {
                logger.warning("can't look how many jobs wait", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: Self.interval)
        }
    }
}
