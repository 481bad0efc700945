/// A fleet of workers, as those see it who have work for it: where jobs are sent to, and results come from.
public protocol Fleet: Sendable {
    /// Sends those jobs of a batch that have no result and don't wait for one since an earlier submit, and returns when
    /// the brokers have all of them.
    ///
    /// A cancelled submit stops between two chunks of jobs and says how far it came.
    /// - Parameter progress: called with what is being done, from any thread.
    /// - Throws: ``CoordinatorError``, `KafkaError`, or `CancellationError` when nothing was sent.
    func submit(
        _ batch: JobBatch, options: SubmitOptions, progress: @escaping @Sendable (SubmitProgress) -> Void
    ) async throws -> SubmitSummary

    /// Waits for the end of a batch's submit and then for all its results, until the timeout or until the task is
    /// cancelled.
    /// - Parameters:
    ///   - timeout: `nil` waits without end.
    ///   - progress: called when there is news.
    /// - Returns: what there is by then; also when there is no such batch.
    /// - Throws: ``CoordinatorError``, `KafkaError`.
    func gather(
        batchID: String, timeout: Duration?, progress: @escaping @Sendable (GatherProgress) -> Void
    ) async throws -> GatheredBatch

    /// What an id stands for, and how that is doing; a batch goes before a job of the same id.
    /// - Throws: ``CoordinatorError``, `KafkaError`, `CancellationError`.
    func status(of id: String) async throws -> FleetStatus

    /// Looks what an id stands for and which runs of it there are, and calls them off.
    /// - Throws: ``CoordinatorError``, also when nothing has the id; `JobsError` for what can't be said; `KafkaError`.
    func cancel(_ request: CancelRequest) async throws -> CancelOutcome

    /// Waits until all jobs that were called off have a result, the time is up, or the task is cancelled.
    /// - Parameters:
    ///   - timeout: `nil` waits without end.
    ///   - progress: called with how many jobs have a result, and how many there are.
    /// - Throws: ``CoordinatorError``, `KafkaError`.
    func wait(
        for cancelled: CancelOutcome, timeout: Duration?,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws -> CancelWatcher.Outcome

    /// What waits for the workers.
    /// - Throws: ``CoordinatorError``, `KafkaError`.
    func lag() async throws -> LagReport

    /// Ends the connections that are kept.
    func close() async
}

extension Fleet {
    /// Works with the fleet and closes it.
    public func use<Value>(_ body: (Self) async throws -> Value) async throws -> Value {
        do {
            let value = try await body(self)
            await close()
            return value
        } catch {
            await close()
            throw error
        }
    }
}
