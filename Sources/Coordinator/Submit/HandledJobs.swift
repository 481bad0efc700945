import Jobs
import Kafka
import Platform

/// Jobs of a batch that need not be sent again.
package struct HandledJobs: Sendable {
    /// Those with a result.
    private var answered: Set<JobKey> = []
    /// Those of them that could not be done.
    private var failed: Set<JobKey> = []
    /// Those without one that the workers have still to come to.
    private var waiting: Set<JobKey> = []

    private let batchID: String
    private let run: UInt32

    package init(batchID: String, run: UInt32) {
        self.batchID = batchID
        self.run = run
    }

    var isEmpty: Bool { answered.isEmpty && waiting.isEmpty }

    func contains(_ key: JobKey) -> Bool { answered.contains(key) || waiting.contains(key) }

    mutating func add(_ result: TranslationResult) {
        guard result.batchID == batchID, result.run >= run else { return }
        add(answered: result.jobID, isFailed: !result.status.isSuccess)
    }

    /// Takes a job that has a result.
    package mutating func add(answered jobID: String, isFailed: Bool) {
        let key = JobKey(jobID)
        guard answered.insert(key).inserted else { return }
        waiting.remove(key)
        if isFailed { failed.insert(key) }
    }

    /// Takes a job that waits, where it is of this run or a later one.
    package mutating func add(waiting job: TranslationJob) {
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
        let lanes = history.jobsStart(lane: topics.jobs)
        let sources = lanes.keys.sorted() + (try await reader.existing(topics.retries))
        var unfinished: [String: [Int32: Int64]] = [:]
        for topic in sources { unfinished[topic] = try await reader.firstUnfinished(in: topic, group: group) }
        // In this order, for a job goes from its lane to the retries and never back.
        for topic in sources {
            var starts = unfinished[topic] ?? [:]
            if let jobsStart = lanes[topic] {
                let readable = try await reader.readable(jobsStart, of: topic)
                starts = readable.merging(starts.filter { readable[$0.key] != nil }) { max($0, $1) }
            }
            try await Self.read(topic, from: starts, reader) { add(waiting: $0) }
        }
        let resultsStart = try await reader.readable(history.resultsStart, of: topics.results)
        try await Self.read(topics.results, from: resultsStart, reader) { add($0) }
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
