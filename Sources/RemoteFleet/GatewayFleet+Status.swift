import Coordinator
import DragomanClient
import Jobs
import Kafka

extension GatewayFleet {
    /// What the gateway knows of an id: of a batch its last submit, of a job where it lies and not where its result does.
    public func status(of id: String) async throws -> FleetStatus {
        try await asking {
            if let batch = try await batch(id) { return .batch(try await status(of: batch)) }
            if let job = try await job(id) { return .job(try await status(of: job)) }
            return .unknown
        }
    }

    private func status(of batch: DragomanClient.Batch) async throws -> BatchStatus {
        let record = BatchRecord(batch)
        let isOpen = !batch.isFinishedSubmitting
        var collector = ResultCollector(batchID: batch.id, record: isOpen ? nil : record)
        var (waiting, delayed) = (0, 0)
        for try await job in client.jobs(in: batch.id) {
            if let result = job.result { try collector.add(chosen: result) }
            if job.state == .waiting || job.state == .delayed { waiting += 1 }
            if job.state == .delayed { delayed += 1 }
        }
        return try BatchStatus(
            batchID: batch.id, submits: isOpen ? [] : [record], openSubmit: isOpen ? record : nil, collector,
            waiting: waiting, delayed: delayed)
    }

    private func status(of job: DragomanClient.Job) async throws -> JobStatus {
        let origin = job.origin ?? JobOrigin()
        let state: JobStatus.State
        if let result = job.result {
            state = .finished(result)
        } else if job.state == .delayed {
            state = .delayed(job.submitted, until: nil)
        } else {
            state = .waiting(job.submitted, behind: try await distance(to: origin))
        }
        return JobStatus(
            jobID: job.id, state: state,
            partition: KafkaPartition(topic: origin.topic, partition: origin.partition), offset: origin.offset)
    }

    /// Records between the first one that is not finished and a job's.
    private func distance(to origin: JobOrigin) async throws -> Int64 {
        let partition = try await lag().partitions.first {
            $0.topic == origin.topic && $0.partition == origin.partition
        }
        guard let partition else { return 0 }
        let isCommitted = partition.committed.map { $0 >= partition.low && $0 <= partition.end } ?? false
        return max(0, origin.offset.asOffset - (isCommitted ? partition.committed ?? 0 : partition.low))
    }
}
