import Coordinator
import Foundation
import Jobs
import Kafka
import TranslationAPI

/// Puts together what the page shows, from what was seen of the fleet and what the index has.
struct OverviewBuilder: Sendable {
    let watch: FleetWatch
    let version: String
    let uploads: PageOverview.Uploads

    /// Workers that left longer ago are not told of.
    private static let memory: Int64 = 3_600_000
    /// Jobs of a worker that are told of at most.
    private static let mostRunning = 8

    /// - Parameter window: how far back the picture of the backlog goes, in seconds.
    func overview(window: Int) async throws -> PageOverview {
        let state = watch.state
        let time = Int64(Date().timeIntervalSince1970 * 1000)
        let index = watch.index
        return PageOverview(
            time: time, version: version, group: state.report?.group, lag: Self.lag(state, window: window),
            jobs: Self.jobs(try await index.totals()), throughput: Self.throughput(state),
            batches: try await index.pageBatches(state.rates), workers: try await workers(state, time: time),
            failures: state.recent.failures.map(PageOverview.Failure.init), uploads: uploads)
    }

    private static func lag(_ state: FleetWatch.State, window: Int) -> PageOverview.Lag {
        let partitions = state.report?.partitions ?? []
        let history = state.histories.first { $0.window >= window } ?? state.histories[state.histories.count - 1]
        return PageOverview.Lag(
            waiting: partitions.reduce(0) { $0 + $1.waiting },
            delayed: partitions.reduce(0) { $0 + ($1.isDelayed ? $1.waiting : 0) },
            etaSeconds: state.trend.timeToEmpty(of: nil).map { $0 / .seconds(1) }, error: state.isReportOld,
            times: history.times,
            partitions: partitions.map { each in
                PageOverview.Lag.Partition(
                    topic: each.topic, partition: each.partition, lag: each.waiting, owner: each.owner,
                    isDelayed: each.isDelayed,
                    history: history.lags(of: KafkaPartition(topic: each.topic, partition: each.partition)))
            })
    }

    private static func jobs(_ totals: [JobState: (jobs: Int, seconds: Double)]) -> PageOverview.Jobs {
        func count(_ state: JobState) -> Int { totals[state]?.jobs ?? 0 }
        return PageOverview.Jobs(
            waiting: count(.waiting), delayed: count(.delayed), succeeded: count(.succeeded), failed: count(.failed),
            cancelled: count(.cancelled), deadlineExceeded: count(.deadlineExceeded),
            deadLettered: count(.deadLettered), waitingAudioSeconds: totals[.waiting]?.seconds ?? 0)
    }

    private static func throughput(_ state: FleetWatch.State) -> PageOverview.Throughput {
        let now = state.rates.now
        return PageOverview.Throughput(
            jobsPerSecond: now?.jobs, audioPerSecond: now?.seconds, realTimeFactor: state.recent.realTimeFactor(),
            history: state.rates.history)
    }

    // MARK: - Workers

    private func workers(_ state: FleetWatch.State, time: Int64) async throws -> [PageOverview.Worker] {
        let areKnown = state.report?.ownersAreKnown ?? false
        // Not all brokers tell who has what: what is run is shown all the same, by nobody.
        let told = (state.report?.partitions ?? []).filter { $0.owner != nil || !areKnown && !$0.started.isEmpty }
        let owned = Dictionary(grouping: told) { $0.owner ?? "" }
        var last: [String: FinishedResult] = [:]
        for each in state.recent.results where !each.result.worker.isEmpty && last[each.result.worker] == nil {
            last[each.result.worker] = each
        }
        let names = Set(owned.keys).union(last.filter { time - $0.value.time < Self.memory }.keys)
        let running = try await running(owned)
        return names.map { name in
            PageOverview.Worker(
                name: name, isMember: owned[name] != nil || !areKnown,
                partitions: areKnown ? owned[name]?.count ?? 0 : nil,
                running: running[name] ?? [], model: last[name]?.result.model.name,
                precision: last[name]?.result.model.precision, realTimeFactor: state.recent.realTimeFactor(of: name),
                lastResult: last[name]?.time)
        }.filter { !$0.name.isEmpty || !$0.running.isEmpty }
            .sorted { ($0.isMember ? 0 : 1, $0.name) < ($1.isMember ? 0 : 1, $1.name) }
    }

    /// Jobs that workers have begun, by the worker that has their partition.
    private func running(_ owned: [String: [PartitionLag]]) async throws -> [String: [PageOverview.Worker.Job]] {
        let topics = watch.index.topics
        let positions = owned.mapValues { partitions in
            Array(
                partitions.flatMap { each in
                    each.started.compactMap { offset in
                        topics.number(of: each.topic).map {
                            RecordPosition(topic: $0, partition: each.partition, offset: offset)
                        }
                    }
                }.prefix(Self.mostRunning))
        }
        let names = try await watch.index.names(at: positions.values.flatMap { $0 })
        return positions.mapValues { positions in
            positions.compactMap { position in
                names[position].map {
                    PageOverview.Worker.Job(
                        id: $0.job, batch: $0.batch, topic: topics.names[position.topic], partition: position.partition)
                }
            }
        }
    }
}

extension PageOverview.Failure {
    init(_ failure: FinishedResult) {
        let error = failure.result.hasError ? failure.result.error : nil
        self.init(
            job: failure.job, batch: failure.batch, time: failure.time, state: failure.state.name,
            reason: error?.reason.schemaName ?? "", message: error?.message ?? "", worker: failure.result.worker,
            attempt: failure.result.attempt)
    }
}
