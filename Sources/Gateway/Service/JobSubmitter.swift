import Foundation
import GRPCCore
import GRPCProtobuf
import Jobs
import Kafka
import TranslationAPI

/// Writes jobs into their topics, each name once.
///
/// Several gateways may be given the same name at the same time. All write it to the same partition, and each then reads
/// that partition up to its own record: the first record of a name and run is the job, whoever wrote it, and the others
/// are told so.
struct JobSubmitter: Sendable {
    let index: JobIndex
    let producer: KafkaProducer
    let topics: TopicNames
    let batches: BatchOpener
    let quotas: ClientQuotas?
    let backlog: BacklogWatch?

    /// How long to wait for the index where a call has no deadline.
    static let patience = Duration.seconds(30)

    /// Submits jobs together. Returns when all that was accepted is acknowledged by the brokers and found in the index.
    /// - Returns: what became of each.
    func submit(_ requests: [Dragoman_V1_SubmitJobRequest]) async -> [SubmitOutcome] {
        var outcomes = [SubmitOutcome?](repeating: nil, count: requests.count)
        var candidates: [(index: Int, job: SubmittedJob)] = []
        for (index, request) in requests.enumerated() {
            do {
                candidates.append((index, try SubmittedJob(request, topics: topics)))
            } catch let error as GoogleRPCStatus {
                outcomes[index] = .rejected(error)
            } catch {
                outcomes[index] = .rejected(.init(code: .internalError, message: "\(error)", details: []))
            }
        }
        do {
            for (index, outcome) in try await submit(candidates) { outcomes[index] = outcome }
        } catch {
            let status =
                ServiceError.status(of: error) as? GoogleRPCStatus
                ?? GoogleRPCStatus(code: .unavailable, message: "\(error)", details: [])
            for (index, _) in candidates where outcomes[index] == nil { outcomes[index] = .rejected(status) }
        }
        return outcomes.map { $0 ?? .rejected(.init(code: .internalError, message: "not looked at", details: [])) }
    }

    private func submit(
        _ candidates: [(index: Int, job: SubmittedJob)]
    ) async throws -> [(index: Int, outcome: SubmitOutcome)] {
        var outcomes: [(index: Int, outcome: SubmitOutcome)] = []
        // What is known already is not written.
        let known = try await index.jobs(candidates.map { ($0.job.job.batchID, $0.job.job.id) })
        var new: [(index: Int, job: SubmittedJob)] = []
        var repeated: [(index: Int, job: SubmittedJob)] = []
        var names: Set<JobName> = []
        for (candidate, known) in zip(candidates, known) {
            if let outcome = known.flatMap({ Self.outcome(of: candidate.job, $0) }) {
                outcomes.append((candidate.index, outcome))
            } else if candidate.job.validatesOnly {
                outcomes.append((candidate.index, .valid))
            } else if names.insert(candidate.job.name).inserted {
                new.append(candidate)
            } else {
                repeated.append(candidate)
            }
        }
        let admitted = try await backlog?.take(new.count) ?? new.count
        defer { backlog?.written(admitted) }
        let (granted, refused) = limit(new, admitted: admitted)
        outcomes += refused
        try await batches.open(granted.map(\.job.job))
        let positions = try await write(granted.map(\.job))
        // The first of each name has its answer; what was the same name again can now be compared.
        let asked = granted + repeated
        let found = try await index.jobs(asked.map { ($0.job.job.batchID, $0.job.job.id) })
        for (number, (candidate, found)) in zip(asked, found).enumerated() {
            var outcome = found.flatMap { Self.outcome(of: candidate.job, $0) }
            if number < positions.count, let found, found.position == positions[number] { outcome = .accepted(found) }
            let missing = SubmitOutcome.rejected(
                ServiceError.make(.unavailable, .indexBehind, "the index has not seen the job; submit it again"))
            outcomes.append((candidate.index, outcome ?? missing))
        }
        return outcomes
    }

    /// What a job is beside one that has its name; `nil` if it is a later run, which may be written.
    private static func outcome(of submitted: SubmittedJob, _ known: IndexedJob) -> SubmitOutcome? {
        let (name, run) = (submitted.name, submitted.job.run)
        if known.run < run { return nil }
        if known.run > run {
            return .rejected(
                exists(name, "is at run \(known.run), and only the highest run counts: run \(run) is over"))
        }
        // Where only the result is kept, nobody can tell any more.
        if let digest = known.digest, digest != submitted.digest {
            return .rejected(exists(name, "was submitted before with other contents (run \(run))"))
        }
        return .present(known)
    }

    private static func exists(_ name: JobName, _ message: String) -> GoogleRPCStatus {
        let place = name.batch.isEmpty ? "" : " of batch \(name.batch)"
        return ServiceError.make(
            .alreadyExists, .jobAlreadyExists, "job \(name.job)\(place) \(message)",
            metadata: ["job_id": name.job, "batch_id": name.batch])
    }

    /// - Parameter admitted: for how many the backlog has room.
    /// - Returns: those that may be written, and what becomes of the others.
    private func limit(
        _ jobs: [(index: Int, job: SubmittedJob)], admitted: Int
    ) -> (granted: [(index: Int, job: SubmittedJob)], refused: [(index: Int, outcome: SubmitOutcome)]) {
        var granted = jobs[...]
        var refused: [(index: Int, outcome: SubmitOutcome)] = []
        if let backlog {
            let status = ServiceError.make(
                .resourceExhausted, .backlogLimit,
                "\(backlog.limit) jobs wait, and no more may: submit it again later",
                metadata: ["limit": "\(backlog.limit)"], retryAfter: .seconds(5))
            refused += granted.dropFirst(admitted).map { ($0.index, .rejected(status)) }
            granted = granted.prefix(admitted)
        }
        if let quotas, !granted.isEmpty {
            let (taken, retryAfter) = quotas.take(granted.count, of: Caller.name)
            let status = ServiceError.make(
                .resourceExhausted, .quotaExceeded, "the client's share of jobs is used up for now",
                retryAfter: retryAfter)
            refused += granted.dropFirst(taken).map { ($0.index, .rejected(status)) }
            granted = granted.prefix(taken)
        }
        return (Array(granted), refused)
    }

    /// Writes jobs, and waits until the index has come to the last of them.
    /// - Returns: where they lie.
    private func write(_ jobs: [SubmittedJob]) async throws -> [RecordPosition] {
        guard !jobs.isEmpty else { return [] }
        let date = Date()
        let trace = Caller.trace
        let records = try jobs.map { try $0.record(at: date, trace: trace) }
        let places = try await producer.send(records)
        var goal = OffsetVector()
        let positions = zip(jobs, places).compactMap { job, place -> RecordPosition? in
            guard let topic = index.topics.number(of: job.topic) else { return nil }
            let partition = IndexedPartition(topic: topic, partition: place.partition)
            goal.offsets[partition] = max(goal.offsets[partition] ?? 0, place.offset + 1)
            return RecordPosition(topic: topic, partition: place.partition, offset: place.offset)
        }
        try await index.catchUp(with: goal, patience: Self.patience)
        return positions
    }
}
