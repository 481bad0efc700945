import Jobs
import Kafka
import Logging
import Monitoring
import Synchronization

/// Reads the lag from time to time, and tells of the latest reading as metrics.
public final class LagWatch: Sendable {
    private struct State {
        var report: LagReport?
        var lastSuccess: ContinuousClock.Instant?
        /// When it last came round, whatever became of it; `nil` until it is run.
        var lastRound: ContinuousClock.Instant?
    }

    private let observer: LagObserver
    private let topics: TopicNames
    private let interval: Duration
    private let logger: Logger
    private let state = Mutex(State())
    /// How long a reading may take: brokers that don't answer are given up sooner.
    private static let patience = Duration.seconds(300)

    /// Creates a watch.
    /// - Parameter interval: From one reading to the next.
    public init(observer: LagObserver, topics: TopicNames, interval: Duration, logger: Logger) {
        self.observer = observer
        self.topics = topics
        self.interval = interval
        self.logger = logger
    }

    /// The latest reading.
    public var report: LagReport? { state.withLock { $0.report } }

    /// Has the latest reading shown at each scrape.
    public func register(in registry: MetricRegistry) {
        registry.collect { [weak self] in
            guard let self, let report else { return [] }
            return LagMetrics(report: report, topics: topics).families
        }
    }

    /// Why it does not get on; `nil` as long as it does, be it that the brokers don't answer.
    public var standstill: String? {
        guard let last = state.withLock({ $0.lastRound }) else { return nil }
        let time = last.duration(to: .now)
        let isLate = time > interval + Self.patience
        return isLate ? "the lag has not been looked at for \(time.components.seconds) seconds" : nil
    }

    /// Why its readings are not of any use; `nil` where they are.
    public var problem: String? {
        guard let last = state.withLock({ $0.lastSuccess }) else { return "the lag has not been read yet" }
        let time = last.duration(to: .now)
        let isOld = time > max(interval * 3, .seconds(30))
        return isOld ? "the lag could not be read for \(time.components.seconds) seconds" : nil
    }

    /// Until the task is cancelled.
    /// - Parameter onReading: Called after each reading that succeeded.
    public func run(onReading: @escaping @Sendable () -> Void = {}) async {
        state.withLock { $0.lastRound = .now }
        while !Task.isCancelled {
            let start = ContinuousClock.now
            do {
                let report = try await observer.read()
                state.withLock { state in
                    state.report = report
                    state.lastSuccess = .now
                }
                onReading()
            } catch {
                if Task.isCancelled { return }
                logger.warning("can't read how many jobs wait", metadata: ["error": "\(error)"])
            }
            state.withLock { $0.lastRound = .now }
            try? await Task.sleep(until: start + interval)
        }
    }
}
