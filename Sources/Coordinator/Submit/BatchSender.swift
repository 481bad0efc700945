import Jobs
import Kafka
import Platform

/// Sends those jobs of a batch that need it, a chunk at a time, while the next one is made ready.
struct BatchSender {
    /// What was sent.
    struct Outcome {
        /// Offsets of the first and the last job, by partition.
        var ranges: [Int32: ClosedRange<Int64>] = [:]
        /// Jobs that the brokers have.
        var acknowledgedCount = 0
        /// Why not all were sent; a cancellation, or what Kafka says.
        var failure: (any Error)?
    }

    let spool: JobSpool
    let envelope: JobEnvelope
    let handled: HandledJobs
    let producer: KafkaProducer
    let total: Int
    let progress: @Sendable (SubmitProgress) -> Void

    private struct Chunk: Sendable {
        var records: [KafkaProducerRecord]
        var next: Int64
    }

    private static let chunkSize = 2000
    private static let pollInterval = Duration.seconds(1)

    /// Sends until all is acknowledged, the task is cancelled, or Kafka fails. A chunk on its way is waited for in any
    /// case, so that what the brokers have is counted.
    func send(through gate: consuming BacklogGate?) async -> Outcome {
        var gate = gate
        var outcome = Outcome()
        var underWay: Task<[(partition: Int32, offset: Int64)], any Error>?
        do {
            var offset: Int64 = 0
            while offset < spool.byteCount {
                try Task.checkCancellation()
                var limit = Self.chunkSize
                if var open = gate {
                    if !open.isOpen {
                        try await settle(&underWay, &outcome)
                        try await wait(for: &open, outcome)
                    }
                    limit = open.take(limit)
                    gate = open
                }
                let chunk = try await chunk(from: offset, atMost: limit)
                gate?.giveBack(limit - chunk.records.count)
                offset = chunk.next
                try await settle(&underWay, &outcome)
                // Not a child of this task: a cancellation leaves what is on its way alone.
                underWay = Task { [producer] in try await producer.send(chunk.records) }
            }
        } catch {
            outcome.failure = error
        }
        do {
            try await settle(&underWay, &outcome)
        } catch {
            outcome.failure = outcome.failure ?? error
        }
        return outcome
    }

    private func settle(
        _ underWay: inout Task<[(partition: Int32, offset: Int64)], any Error>?, _ outcome: inout Outcome
    ) async throws {
        guard let task = underWay.take() else { return }
        let positions = try await task.value
        for (partition, offset) in positions {
            let range = outcome.ranges[partition] ?? offset...offset
            outcome.ranges[partition] = min(range.lowerBound, offset)...max(range.upperBound, offset)
        }
        outcome.acknowledgedCount += positions.count
        progress(.sending(sent: outcome.acknowledgedCount, total: total))
    }

    /// Waits until the workers have made room.
    private func wait(for gate: inout BacklogGate, _ outcome: Outcome) async throws {
        while true {
            let backlog = try await gate.look()
            if gate.isOpen { return }
            progress(.waiting(backlog: backlog, sent: outcome.acknowledgedCount, total: total))
            try await Task.sleep(for: Self.pollInterval)
        }
    }

    private func chunk(from offset: Int64, atMost limit: Int) async throws -> Chunk {
        try await BlockingCall.run { [spool, envelope, handled] _ in
            let (jobs, next) = try spool.jobs(from: offset, atMost: limit)
            let missing = jobs.lazy.filter { !handled.contains(JobKey($0.id)) }
            return Chunk(records: try missing.map(envelope.record), next: next)
        }
    }
}
