import FoundationEssentials
import Jobs
import Kafka
import Synchronization

/// Takes records as they come, and begins their jobs when it is their turn.
final class JobDispatcher: Sendable {
    fileprivate struct State {
        var scheduler: JobScheduler<TakenJob>
        var active = ActiveRuns()
        var delayed = DelayedJobs()
        /// Records that their partitions' ledgers have no room for, and those that came behind them.
        var held: [KafkaPartition: [KafkaGroupRecord]] = [:]
        /// Intakes that wait until fewer jobs do.
        var waiters: [Lane: [CheckedContinuation<Void, Never>]] = [:]
        var isStopped = false
    }

    private let state: Mutex<State>
    private let table: JobTable
    private let readMessage: @Sendable (KafkaRecord) -> JobMessage
    private let bulkTopic: String
    private let intakeLimit: Int
    /// Holds records of partitions back, or lets them through.
    private let setPaused: @Sendable ([KafkaPartition], Bool) -> Void
    private let start: Start
    /// Held while records are taken: those of a partition have to be taken in order.
    private let intake = Mutex(())

    /// Begins a job and returns at once; the job's end is to be told.
    typealias Start = @Sendable (_ job: TakenJob, _ ended: @escaping @Sendable () -> Void) -> Void

    /// - Parameters:
    ///   - slots: Jobs that may run at a time.
    ///   - setPaused: Holds records of partitions back, or lets them through again.
    init(
        slots: Int, table: JobTable, bulkTopic: String, readMessage: @escaping @Sendable (KafkaRecord) -> JobMessage,
        setPaused: @escaping @Sendable ([KafkaPartition], Bool) -> Void, start: @escaping Start
    ) {
        state = Mutex(State(scheduler: JobScheduler(slots: slots)))
        self.table = table
        self.bulkTopic = bulkTopic
        self.readMessage = readMessage
        intakeLimit = slots * 2
        self.setPaused = setPaused
        self.start = start
    }

    /// Jobs that run.
    var runningCount: Int { state.withLock { $0.scheduler.runningCount } }

    /// Jobs of each lane that run.
    var runningCounts: [Lane: Int] { state.withLock { $0.scheduler.running } }

    /// Takes a record.
    func add(_ taken: KafkaGroupRecord) {
        intake.withLock { _ in take([taken]) }
        begin()
    }

    /// Waits until few enough jobs of a lane wait.
    func room(in lane: Lane) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.isStopped || state.scheduler.waitingCount(lane) < intakeLimit { return true }
                state.waiters[lane, default: []].append(continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Looks again at what may not begin yet, or could not be taken.
    func lookAgain(at now: Date = Date()) {
        intake.withLock { _ in
            let (due, held, before) = state.withLock { state in
                let before = state.delayed.partitions
                defer { state.held = [:] }
                return (state.delayed.due(at: now), state.held, before.union(state.held.keys))
            }
            guard !before.isEmpty else { return }
            schedule(due)
            for records in held.values { take(records) }
            let waiting = state.withLock { $0.delayed.partitions.union($0.held.keys) }
            let free = before.subtracting(waiting)
            if !free.isEmpty { setPaused(Array(free), false) }
        }
        begin()
    }

    /// Has the waiting jobs that match begin as soon as there is a slot, whatever they wait for.
    func hurry(where matches: (TakenJob) -> Bool) {
        intake.withLock { _ in
            let (jobs, free) = state.withLock { state in
                let before = state.delayed.partitions
                let jobs = state.delayed.remove(where: matches)
                return (jobs, before.subtracting(state.delayed.partitions).subtracting(state.held.keys))
            }
            schedule(jobs)
            if !free.isEmpty { setPaused(Array(free), false) }
        }
        begin()
    }

    private func ended(_ job: TakenJob) {
        state.withLock { state in
            state.scheduler.ended(lane: job.lane)
            if let next = state.active.end(job) { state.schedule(next) }
        }
        begin()
    }

    /// Forgets what waits of partitions that are gone.
    func drop(_ partitions: [KafkaPartition]) {
        let gone = Set(partitions)
        let waiters = state.withLock { state in
            let isGone = { (job: TakenJob) in gone.contains(job.id.partition) }
            state.active.remove(where: isGone)
            for job in state.scheduler.remove(where: isGone) {
                if let next = state.active.end(job) { state.schedule(next) }
            }
            _ = state.delayed.remove(where: isGone)
            for partition in partitions { state.held[partition] = nil }
            return state.takeWaiters(limit: intakeLimit)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Begins nothing any more.
    func stop() {
        let waiters = state.withLock { state in
            state.isStopped = true
            return state.takeWaiters(limit: Int.max)
        }
        for waiter in waiters { waiter.resume() }
    }

    private func lane(of topic: String) -> Lane { topic == bulkTopic ? .bulk : .interactive }

    private func take(_ records: [KafkaGroupRecord]) {
        for (index, taken) in records.enumerated() where !take(taken) {
            let partition = KafkaPartition(topic: taken.record.topic, partition: taken.record.partition)
            setPaused([partition], true)
            state.withLock { $0.held[partition, default: []].append(contentsOf: records[index...]) }
            return
        }
    }

    /// - Returns: Whether it could be taken. Not if one before it could not: they are to be taken in order.
    private func take(_ taken: KafkaGroupRecord) -> Bool {
        let partition = KafkaPartition(topic: taken.record.topic, partition: taken.record.partition)
        guard state.withLock({ $0.held[partition] == nil }) else { return false }
        let message = readMessage(taken.record)
        let crashes: Int
        switch table.take(taken, run: message.batchRun) {
        case .skip: return true
        case .hold: return false
        case .run(let count), .lethal(let count): crashes = count
        }
        let job = TakenJob(
            taken, message, lane: lane(of: message.history.lane), crashes: crashes + message.history.crashes)
        if let date = message.history.notBefore, date > Date() {
            setPaused([partition], true)
            state.withLock { $0.delayed.add(job, until: date) }
        } else {
            schedule([job])
        }
        return true
    }

    private func schedule(_ jobs: [TakenJob]) {
        guard !jobs.isEmpty else { return }
        state.withLock { state in
            for job in jobs where state.active.begin(job) { state.schedule(job) }
        }
    }

    /// Begins what can be begun.
    private func begin() {
        let (jobs, waiters) = state.withLock { state in
            var jobs: [TakenJob] = []
            while !state.isStopped, let job = state.scheduler.next() { jobs.append(job) }
            return (jobs, state.takeWaiters(limit: intakeLimit))
        }
        for job in jobs { start(job) { [self] in ended(job) } }
        for waiter in waiters { waiter.resume() }
    }
}

extension JobDispatcher.State {
    fileprivate mutating func schedule(_ job: TakenJob) {
        scheduler.add(job, lane: job.lane, isSuspect: job.isSuspect)
    }

    /// Takes out those who wait for room in a lane that has some.
    fileprivate mutating func takeWaiters(limit: Int) -> [CheckedContinuation<Void, Never>] {
        var resumed: [CheckedContinuation<Void, Never>] = []
        for lane in Lane.allCases where limit == .max || scheduler.waitingCount(lane) < limit {
            resumed += waiters.removeValue(forKey: lane) ?? []
        }
        return resumed
    }
}
