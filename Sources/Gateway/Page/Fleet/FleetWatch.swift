import Coordinator
import Foundation
import Jobs
import Kafka
import Logging
import Synchronization

/// Looks at the fleet from time to time, so that the page can show what was: the backlog, what is finished, and results.
final class FleetWatch: Sendable {
    /// What was seen.
    struct State: Sendable {
        var report: LagReport?
        /// Whether the last look at the backlog failed.
        var isReportOld = false
        var trend = LagTrend()
        var histories = FleetWatch.windows.map(BacklogHistory.init)
        var rates = FinishRates()
        var recent = RecentResults()
    }

    /// How far back the page can look, in seconds.
    static let windows = [900, 3_600, 21_600]
    private static let interval = Duration.seconds(3)

    let index: JobIndex
    private let reader: LagReader
    private let logger: Logger
    private let seen = Mutex(State())

    init(index: JobIndex, reader: LagReader, logger: Logger) {
        self.index = index
        self.reader = reader
        self.logger = logger
    }

    var state: State { seen.withLock { $0 } }

    /// Until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            await lookAtBacklog()
            await lookAtIndex()
            try? await Task.sleep(for: Self.interval)
        }
    }

    private func lookAtBacklog() async {
        do {
            let report = try await reader.read()
            let time = Int64(report.time.timeIntervalSince1970 * 1000)
            seen.withLock { seen in
                seen.report = report
                seen.isReportOld = false
                seen.trend.add(report, at: .now)
                for number in seen.histories.indices { seen.histories[number].add(report, at: time) }
            }
        } catch {
            if !Task.isCancelled {
                logger.debug("can't read the backlog for the page", metadata: ["error": "\(error)"])
            }
            seen.withLock { $0.isReportOld = true }
        }
    }

    private func lookAtIndex() async {
        do {
            let count = try await index.finishedJobs(at: Int64(Date().timeIntervalSince1970 * 1000))
            let news = try await index.results(after: seen.withLock { $0.recent.lastChange })
            seen.withLock { seen in
                seen.rates.add(count)
                seen.recent.add(news)
            }
        } catch {
            if !Task.isCancelled { logger.debug("can't read the index for the page", metadata: ["error": "\(error)"]) }
        }
    }
}
