import Coordinator
import GRPCCore
import Jobs
import Kafka
import Logging
import Synchronization
import TranslationAPI

/// How many jobs wait for workers, looked up from time to time and reckoned in between.
final class BacklogWatch: Sendable {
    let limit: Int
    private let reader: LagReader
    private let logger: Logger
    private let count: Mutex<BacklogCount>
    private static let interval = Duration.seconds(1)
    /// How long a call waits for the first look.
    private static let patience = Duration.seconds(30)

    init(limit: Int, reader: LagReader, logger: Logger) {
        self.limit = limit
        self.reader = reader
        self.logger = logger
        count = Mutex(BacklogCount(limit: limit))
    }

    /// Lets through as many of some jobs as may wait. To be told by ``written(_:)`` when they are written.
    /// - Throws: `GoogleRPCStatus` (BROKERS_UNAVAILABLE) where nobody knows how many wait; `CancellationError`.
    func take(_ jobs: Int) async throws -> Int {
        let deadline = ContinuousClock.now + Self.patience
        while count.withLock({ $0.seen }) == nil {
            guard ContinuousClock.now < deadline else {
                throw ServiceError.make(
                    .unavailable, .brokersUnavailable, "it is not known how many jobs wait; submit it again",
                    retryAfter: .seconds(5))
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return count.withLock { $0.take(jobs) }
    }

    /// Notes that jobs that were let through are written, or will not be.
    func written(_ jobs: Int) { count.withLock { $0.written(jobs) } }

    /// Until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                count.withLock { $0.lookBegins() }
                let report = try await reader.read()
                count.withLock { $0.lookEnds(report.totalLag) }
            } catch {
                logger.warning("can't look how many jobs wait", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: Self.interval)
        }
    }
}
