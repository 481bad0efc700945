import Jobs
import Platform

/// Sends those jobs of a batch that need it, a chunk at a time, while the next one is made ready.
package struct BatchSender<Sink: JobSink> {
    private let spool: JobSpool
    private let handled: HandledJobs
    private let sink: Sink
    private let total: Int
    private let progress: @Sendable (SubmitProgress) -> Void

    private struct Chunk: Sendable {
        var items: [Sink.Item]
        var next: Int64
    }

    /// What is going on.
    private struct Course {
        var outcome = SendOutcome()
        var underWay: Task<SentChunk<Sink.Item>, any Error>?
        /// Jobs to be sent next: those that were refused, and those that were made ready.
        var pending: [Sink.Item] = []
        /// Jobs to send at a time: fewer where there is no room for many.
        var limit: Int
    }

    private static var pollInterval: Duration { .seconds(1) }

    /// - Parameters:
    ///   - handled: jobs that are not sent.
    ///   - total: jobs that are.
    package init(
        spool: JobSpool, handled: HandledJobs, sink: Sink, total: Int,
        progress: @escaping @Sendable (SubmitProgress) -> Void
    ) {
        self.spool = spool
        self.handled = handled
        self.sink = sink
        self.total = total
        self.progress = progress
    }

    /// Sends until all is acknowledged, the task is cancelled, or it fails. A chunk on its way is waited for in any case,
    /// so that what the brokers have is counted.
    package func send(through gate: consuming BacklogGate?) async -> SendOutcome {
        var gate = gate
        var course = Course(limit: sink.chunkSize)
        do {
            var offset: Int64 = 0
            while true {
                try Task.checkCancellation()
                if offset >= spool.byteCount || !course.pending.isEmpty {
                    try await settle(&course)
                    if course.pending.isEmpty, offset >= spool.byteCount { break }
                }
                guard course.pending.isEmpty else {
                    try await sendAgain(&course)
                    continue
                }
                var limit = course.limit
                if var open = gate {
                    if !open.isOpen {
                        try await settle(&course)
                        try await wait(for: &open, course.outcome)
                    }
                    limit = open.take(limit)
                    gate = open
                }
                let chunk = try await chunk(from: offset, atMost: limit)
                gate?.giveBack(limit - chunk.items.count)
                offset = chunk.next
                try await settle(&course)
                course.pending += chunk.items
                send(&course)
            }
        } catch {
            course.outcome.failure = error
        }
        do {
            try await settle(&course)
        } catch {
            course.outcome.failure = course.outcome.failure ?? error
        }
        return course.outcome
    }

    /// Sends what is to be sent next, as far as there may be room.
    private func send(_ course: inout Course) {
        let items = Array(course.pending.prefix(course.limit))
        guard !items.isEmpty else { return }
        course.pending.removeFirst(items.count)
        // Not a child of this task: a cancellation leaves what is on its way alone.
        course.underWay = Task { [sink] in try await sink.send(items) }
    }

    private func sendAgain(_ course: inout Course) async throws {
        progress(.waiting(backlog: nil, sent: course.outcome.acknowledgedCount, total: total))
        try await Task.sleep(for: Self.pollInterval)
        send(&course)
    }

    private func settle(_ course: inout Course) async throws {
        guard let task = course.underWay.take() else { return }
        let sent = try await task.value
        course.outcome.add(sent.positions)
        course.outcome.acknowledgedCount += sent.acknowledgedCount
        if sent.refused.isEmpty {
            course.limit = min(course.limit * 2, sink.chunkSize)
        } else if sent.acknowledgedCount == 0 {
            // There may be room for some of them.
            course.limit = max(course.limit / 2, 1)
        }
        course.pending = sent.refused + course.pending
        progress(.sending(sent: course.outcome.acknowledgedCount, total: total))
    }

    /// Waits until the workers have made room.
    private func wait(for gate: inout BacklogGate, _ outcome: SendOutcome) async throws {
        while true {
            let backlog = try await gate.look()
            if gate.isOpen { return }
            progress(.waiting(backlog: backlog, sent: outcome.acknowledgedCount, total: total))
            try await Task.sleep(for: Self.pollInterval)
        }
    }

    private func chunk(from offset: Int64, atMost limit: Int) async throws -> Chunk {
        try await BlockingCall.run { [spool, sink, handled] _ in
            let (jobs, next) = try spool.jobs(from: offset, atMost: limit)
            let missing = jobs.lazy.filter { !handled.contains(JobKey($0.id)) }
            return Chunk(items: try missing.map(sink.prepare), next: next)
        }
    }
}
