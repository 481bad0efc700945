import TranslationAPI

/// What becomes of jobs, as it does: see ``DragomanClient/watch(_:resumeToken:untilFinished:onInterruption:)``. Each
/// iteration is a watch of its own.
public struct JobWatch: AsyncSequence, Sendable {
    /// News of the jobs.
    public typealias Element = WatchUpdate

    let client: DragomanClient
    let request: Dragoman_V1_WatchJobsRequest
    let onInterruption: @Sendable (DragomanError) -> Void

    /// Begins to watch.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// Goes through the updates once; the watch ends with it.
    public struct Iterator: AsyncIteratorProtocol {
        private let reading: Reading

        init(_ watch: JobWatch) {
            reading = Reading(watch)
        }

        /// The next update; `nil` when all jobs are finished.
        /// - Throws: ``DragomanError``, or `CancellationError`.
        public mutating func next() async throws -> WatchUpdate? {
            try await reading.updates.take()
        }
    }

    /// The task that reads. It ends when nobody holds this any more.
    private final class Reading: Sendable {
        let updates: HandOver<WatchUpdate>
        private let task: Task<Void, Never>
        private let registration: WatchRegistry.Registration

        init(_ watch: JobWatch) {
            let updates = HandOver<WatchUpdate>()
            let task = Task {
                do {
                    try await WatchReader(watch).read { await updates.give($0) }
                    updates.end()
                } catch {
                    updates.end(error)
                }
            }
            self.updates = updates
            self.task = task
            let endpoint = watch.client.configuration.endpoint
            registration = watch.client.watches.add {
                updates.end(DragomanError(.closed, "the client of the gateway at \(endpoint) is closed"))
                task.cancel()
            }
        }

        deinit {
            task.cancel()
            registration.remove()
        }
    }
}
