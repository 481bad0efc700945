import Jobs
import Kafka
import Tracing

/// Keeps, of the records of the topic `results`, the results of one batch that count: for each job the first of its
/// highest run.
package struct ResultCollector: Sendable {
    private let batchID: String
    private let run: UInt32
    private let filter: BatchFilter
    private var best: [String: GatheredResult] = [:]
    package private(set) var progress: GatherProgress
    package private(set) var unreadable = UnreadableRecords()

    /// - Parameter record: what says how many jobs there are, and of which run; `nil` while nothing does.
    package init(batchID: String, record: BatchRecord?) {
        self.batchID = batchID
        run = record?.run ?? 0
        filter = BatchFilter(batchID: batchID)
        progress = GatherProgress(
            phase: .catchingUp, total: record.map { Int($0.jobCount) },
            totalHintSeconds: record.flatMap { $0.hasAudioSeconds ? $0.audioSeconds : nil })
        best.reserveCapacity(min(progress.total ?? 0, 1_000_000))
    }

    /// Whether every job has a result of the run that is waited for, or of a later one.
    package var isComplete: Bool { progress.total.map { progress.done >= $0 } ?? false }

    /// What counts so far, in the batch's order.
    package var results: [GatheredResult] {
        best.values.sorted { ($0.batchIndex, $0.jobID) < ($1.batchIndex, $1.jobID) }
    }

    /// The progress with its seconds summed up in the batch's order: so they are the same by whatever way the results came.
    var orderedProgress: GatherProgress {
        var ordered = progress
        let counted = results.filter { $0.run >= run }
        ordered.audioSeconds = counted.reduce(0) { $0 + $1.audioSeconds }
        ordered.hintSeconds = counted.reduce(0) { $0 + $1.hintSeconds }
        return ordered
    }

    /// Those of some jobs that have no result of a run, or of a later one.
    func unanswered(_ jobIDs: Set<String>, run: UInt32) -> Set<String> {
        jobIDs.filter { id in best[id].map { $0.run < run } ?? true }
    }

    /// Takes a record, in the order of its partition. One that names the batch and can't be read is counted and
    /// otherwise ignored: what somebody else put into the topic must not hold up this batch.
    mutating func add(_ record: KafkaRecord) {
        do throws(JobsError) {
            if let result = try decode(record) {
                add(result)
                Self.trace(record)
            }
        } catch {
            unreadable.add(record, error)
        }
    }

    /// Takes a result that somebody else has chosen from all of its job.
    package mutating func add(chosen result: TranslationResult) throws(JobsError) {
        // It may become a file's name.
        try TranslationJob.validate(id: result.jobID, field: "job_id")
        add(
            GatheredResult(
                result, encoded: try MessageCodec.encode(result, as: .protobuf), rank: ResultRank(run: result.run)))
    }

    /// Says how long all jobs' audio is thought to be.
    package mutating func note(totalHintSeconds: Double) {
        progress.totalHintSeconds = totalHintSeconds
    }

    /// From now on results are counted as they come.
    package mutating func resultsAreComing() {
        progress.phase = .waitingForResults
    }

    /// What is known to be missing goes with the progress.
    mutating func note(_ losses: [RecordLoss]) {
        progress.losses = losses
    }

    /// Ends the trace of a job that has one.
    private static func trace(_ record: KafkaRecord) {
        let headers = record.headers.map(MessageHeader.init)
        guard headers.haveTrace else { return }
        InstrumentationSystem.tracer
            .startSpan("gather", context: InstrumentationContext(of: headers), ofKind: .consumer).end()
    }

    /// - Returns: `nil` for what is not of this batch.
    private func decode(_ record: KafkaRecord) throws(JobsError) -> GatheredResult? {
        let headers = record.headers.map(MessageHeader.init)
        guard let value = record.value, filter.mayMatch(value, headers: headers) else { return nil }
        let format = try MessageCodec.format(of: headers)
        let result = try MessageCodec.decode(TranslationResult.self, from: value, headers: headers)
        guard result.batchID == batchID else { return nil }
        // It may become a file's name.
        try TranslationJob.validate(id: result.jobID, field: "job_id")
        let encoded = format == .protobuf ? value : try MessageCodec.encode(result, as: .protobuf)
        return GatheredResult(result, encoded: encoded, rank: ResultRank(run: result.run, of: record))
    }

    private mutating func add(_ result: GatheredResult) {
        let earlier = best[result.jobID]
        if let earlier, !result.rank.goesBefore(earlier.rank) { return }
        best[result.jobID] = result
        if let earlier, earlier.run >= run { progress.remove(earlier) }
        if result.run >= run { progress.add(result) }
    }
}
