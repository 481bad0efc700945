import Jobs
import Kafka
import Platform

/// Jobs of a batch that need not be sent again.
struct HandledJobs {
    /// Those with a result.
    private var answered: Set<JobKey> = []
    /// Those of them that could not be done.
    private var failed: Set<JobKey> = []
    /// Those without one that the workers have still to come to.
    private var waiting: Set<JobKey> = []

    private let batchID: String
    private let run: UInt32

    init(batchID: String, run: UInt32) {
        self.batchID = batchID
        self.run = run
    }

    var isEmpty: Bool { answered.isEmpty && waiting.isEmpty }

    func contains(_ key: JobKey) -> Bool { answered.contains(key) || waiting.contains(key) }

    mutating func add(_ result: TranslationResult) {
        guard result.batchID == batchID, result.run >= run else { return }
        let key = JobKey(result.jobID)
        guard answered.insert(key).inserted else { return }
        waiting.remove(key)
        if !result.status.isSuccess { failed.insert(key) }
    }

    mutating func add(waiting job: TranslationJob) {
        guard job.batchID == batchID, job.run >= run else { return }
        let key = JobKey(job.id)
        if !answered.contains(key) { waiting.insert(key) }
    }

    /// How many jobs of a batch are among them; anybody can write what bears its id.
    func counts(
        of jobs: JobSpool, cancellation: CancellationFlag
    ) throws -> (answered: Int, failed: Int, waiting: Int) {
        var counts = (answered: 0, failed: 0, waiting: 0)
        try jobs.forEach { job in
            try cancellation.check()
            let key = JobKey(job.id)
            counts.answered += answered.contains(key) ? 1 : 0
            counts.failed += failed.contains(key) ? 1 : 0
            counts.waiting += waiting.contains(key) ? 1 : 0
        }
        return counts
    }
}

extension HandledJobs {
    /// Reads from the topics which jobs of a batch have a result and which still wait for a group of workers.
    ///
    /// What the group has committed is read first: a result is written before its job's offset is committed, so a job
    /// that lies before that offset and has no result when the results are read afterwards was lost, not overtaken.
    init(
        batchID: String, run: UInt32, history: SubmitHistory, topics: TopicNames, group: String, reader: KafkaReader
    ) async throws {
        self.init(batchID: batchID, run: run)
        let jobsStart = history.jobsStart(lane: topics.jobs).sorted { $0.key < $1.key }
        let committed = try await reader.committedOffsets(group: group, topics: jobsStart.map(\.key))
        for (topic, starts) in jobsStart {
            var starts = starts
            for each in committed where each.topic == topic {
                if let start = starts[each.partition] { starts[each.partition] = max(start, each.offset) }
            }
            try await Self.read(topic, from: starts, reader) { add(waiting: $0) }
        }
        try await Self.read(topics.results, from: history.resultsStart, reader) { add($0) }
    }

    /// What can't be read is none of ours.
    private static func read<Message: WireMessage>(
        _ topic: String, from offsets: [Int32: Int64], _ reader: KafkaReader, _ body: (Message) -> Void
    ) async throws {
        for try await batch in try await reader.read(topic: topic, from: offsets, until: .currentEnd).batches {
            for record in batch {
                let headers = record.headers.map(MessageHeader.init)
                if let message: Message = try? MessageCodec.decode(from: record.value, headers: headers) {
                    body(message)
                }
            }
        }
    }
}
