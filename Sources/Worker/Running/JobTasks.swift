import Synchronization

/// The jobs that run, each in a task of its own, which does not hear of the cancellation of whoever started it.
final class JobTasks: Sendable {
    /// How far a job has come.
    enum Phase: Int, Sendable, Comparable {
        /// Its start is not committed yet.
        case starting
        /// Something is being done.
        case working
        /// What came of it is being written. It is too late to stop it then: the record may be there already.
        case publishing

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    private struct Running {
        let job: TakenJob
        let stop: JobStop
        var phase = Phase.starting
        var task: Task<Void, Never>?
    }

    private struct State {
        var running: [ObjectIdentifier: Running] = [:]
        /// Jobs that have not come as far as this are not to go on.
        var isStopping = false
    }

    private let state = Mutex(State())

    /// Tasks that have not ended.
    var count: Int { state.withLock { $0.running.count } }

    /// Runs a job.
    func start(_ job: TakenJob, _ body: @escaping @Sendable (TakenJob, JobStop) async -> Void) {
        let stop = JobStop()
        let id = ObjectIdentifier(stop)
        state.withLock { state in
            state.running[id] = Running(job: job, stop: stop)
            state.running[id]?.task = Task {
                await body(job, stop)
                // Waits for the assignment above, as that happens under the lock.
                _ = self.state.withLock { $0.running.removeValue(forKey: id) }
            }
        }
    }

    /// Notes that a job gets to a phase.
    /// - Throws: `CancellationError` when it has been stopped before that.
    func enter(_ phase: Phase, _ stop: JobStop) throws {
        try state.withLock { state in
            guard stop.cause == nil, phase == .publishing || !state.isStopping else { throw CancellationError() }
            state.running[ObjectIdentifier(stop)]?.phase = phase
        }
    }

    /// Stops the jobs that match, except those whose outcome is being written.
    func stop(_ cause: (TakenJob, JobStop) -> JobStop.Cause?) {
        let tasks = state.withLock { state in
            state.running.values.compactMap { running -> Task<Void, Never>? in
                guard running.phase < .publishing, let cause = cause(running.job, running.stop) else { return nil }
                running.stop.stop(cause)
                return running.task
            }
        }
        for task in tasks { task.cancel() }
    }

    /// Lets no job begin any more: what is being started is given back.
    func stopStarting() {
        let tasks = state.withLock { state in
            state.isStopping = true
            return state.running.values.filter { $0.phase == .starting }.map(\.task)
        }
        for task in tasks { task?.cancel() }
    }

    /// Cancels everything, whatever it is at.
    func cancelAll() {
        let tasks = state.withLock { state in
            for running in state.running.values { running.stop.stop(.shutdown) }
            return state.running.values.map(\.task)
        }
        for task in tasks { task?.cancel() }
    }

    /// Waits until all that were started so far have ended.
    func waitUntilIdle() async {
        for task in state.withLock({ $0.running.values.map(\.task) }) { await task?.value }
    }
}
