import Jobs
import Metrics
import Monitoring
import Synchronization

/// What a worker counts and measures. The series that every worker has are there from the beginning, so that a first failure
/// is seen as a rise from zero.
public final class WorkerMetrics: Sendable {
    private let registry: MetricRegistry
    private let audioSeconds: FloatingPointCounter
    private let tokens: Counter
    private let realTimeFactor: Recorder
    private let decoderRows: Recorder
    private let rebalances: Counter
    private let commits: Counter
    private let failedCommits: Counter
    private let stages: [Stage: Recorder]
    /// Made when they are first needed.
    private let counters = Mutex<[CounterKey: Counter]>([:])
    private let source = Mutex<(@Sendable () -> WorkerReading)?>(nil)

    /// What a job goes through.
    enum Stage: String, CaseIterable {
        case queue, fetch, decode, encode, generate, publish
    }

    private struct CounterKey: Hashable {
        let name: String
        let labels: [String]
    }

    /// Creates a worker's metrics in a registry.
    public init(_ registry: MetricRegistry) {
        registry.describe(WorkerMetricNames.all)
        self.registry = registry
        audioSeconds = FloatingPointCounter(label: WorkerMetricNames.audioSeconds, dimensions: [], factory: registry)
        tokens = Counter(label: WorkerMetricNames.tokens, dimensions: [], factory: registry)
        realTimeFactor = Recorder(label: WorkerMetricNames.realTimeFactor, factory: registry)
        decoderRows = Recorder(label: WorkerMetricNames.decoderRows, factory: registry)
        rebalances = Counter(label: WorkerMetricNames.rebalances, dimensions: [], factory: registry)
        commits = Counter(label: WorkerMetricNames.commits, dimensions: [("outcome", "ok")], factory: registry)
        failedCommits = Counter(
            label: WorkerMetricNames.commits, dimensions: [("outcome", "failed")], factory: registry)
        stages = Dictionary(
            uniqueKeysWithValues: Stage.allCases.map { stage in
                let labels = [("stage", stage.rawValue)]
                return (
                    stage, Recorder(label: WorkerMetricNames.stageDuration, dimensions: labels, factory: registry)
                )
            })
        for lane in Lane.allCases { _ = jobs("ok", reason: "", lane) }
        for delay in RetryDelay.allCases { _ = retries(delay, JobError.Reason.storageUnavailable.schemaName) }
        for reason: JobError.Reason in [.workerCrashed, .storageUnavailable, .unreadableMessage] {
            _ = deadLetters(reason.schemaName)
        }
        registry.collect { [weak self] in self?.source.withLock { $0 }?().families ?? [] }
    }

    /// Notes which model this is.
    public func setModel(_ model: ModelInfo) {
        Gauge(
            label: WorkerMetricNames.modelInfo,
            dimensions: [("digest", model.digest), ("precision", model.precision)], factory: registry
        ).record(1)
    }

    /// Notes that a step of the decoder had so many rows.
    public func decoded(rows: Int) { decoderRows.record(rows) }

    /// Sets what tells at each scrape how the worker is doing.
    func setSource(_ source: @escaping @Sendable () -> WorkerReading) {
        self.source.withLock { $0 = source }
    }

    /// Notes that partitions have come.
    func rebalanced() { rebalances.increment() }

    /// Notes what became of the ledgers that were committed together.
    func committed(_ count: Int, failed: Int) {
        if count > 0 { commits.increment(by: count) }
        if failed > 0 { failedCommits.increment(by: failed) }
    }

    /// Notes that what came of a job is written.
    /// - Parameter publishSeconds: How long writing it took.
    func finished(_ outcome: JobOutcome, in lane: Lane, publishSeconds: Double) {
        stages[.publish]?.record(publishSeconds)
        if let retry = outcome.retry {
            let reason = retry.report.failure.reason.schemaName
            retries(retry.delay, reason).increment()
            jobs("retried", reason: reason, lane).increment()
        }
        if let letter = outcome.deadLetter {
            let reason = letter.failure.reason.schemaName
            deadLetters(reason).increment()
            if outcome.result == nil { jobs("dead_lettered", reason: reason, lane).increment() }
        }
        if let result = outcome.result { finished(result, in: lane) }
    }

    private func finished(_ result: TranslationResult, in lane: Lane) {
        let reason = result.hasError && result.error.reason != .unspecified ? result.error.reason.schemaName : ""
        jobs(result.status.schemaName.lowercased(), reason: reason, lane).increment()
        let timings = result.timings
        // A time of nothing is that of a stage the job did not come to.
        for (stage, seconds) in [
            (Stage.queue, timings.queue), (.fetch, timings.fetch), (.decode, timings.decode),
            (.encode, timings.encode), (.generate, timings.generate),
        ] where seconds > 0 {
            stages[stage]?.record(seconds)
        }
        guard result.status.isSuccess else { return }
        audioSeconds.increment(by: result.audioSeconds)
        let count = result.segments.reduce(0) { $0 + $1.tokens.count }
        if count > 0 { tokens.increment(by: count) }
        if result.audioSeconds > 0 {
            realTimeFactor.record((timings.encode + timings.generate) / result.audioSeconds)
        }
    }

    private func jobs(_ outcome: String, reason: String, _ lane: Lane) -> Counter {
        counter(WorkerMetricNames.jobs, [("outcome", outcome), ("reason", reason), ("lane", lane.label)])
    }

    private func retries(_ delay: RetryDelay, _ reason: String) -> Counter {
        counter(WorkerMetricNames.retries, [("delay", delay.rawValue), ("reason", reason)])
    }

    private func deadLetters(_ reason: String) -> Counter {
        counter(WorkerMetricNames.deadLetters, [("reason", reason)])
    }

    private func counter(_ name: String, _ labels: [(String, String)]) -> Counter {
        let key = CounterKey(name: name, labels: labels.map(\.1))
        return counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = Counter(label: name, dimensions: labels, factory: registry)
            counters[key] = counter
            return counter
        }
    }
}

extension Lane {
    /// As metrics name it.
    var label: String { self == .bulk ? "bulk" : "interactive" }
}
