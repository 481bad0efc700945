import Jobs
import TranslationAPI

extension DragomanClient {
    /// Which jobs to watch.
    public enum Selection: Sendable, Hashable {
        /// Those of a batch.
        case batch(String)
        /// Those with these ids, at most 1,000.
        case jobs([String])
        /// All of the fleet.
        case all
    }

    /// Jobs as they are, then each whenever something becomes of it.
    ///
    /// A connection that breaks is made again, and the watch goes on after the last update that was taken, at any gateway
    /// of the fleet. It ends where it ends in order; it never stops quietly.
    /// - Parameters:
    ///   - selection: which jobs.
    ///   - resumeToken: where to go on, from an earlier watch of the same jobs (``WatchUpdate/resumeToken``); `nil` begins
    ///     with everything as it stands.
    ///   - untilFinished: whether it ends when all of them are finished; a batch is when it is finished submitting, too.
    ///   - onInterruption: called when the gateway has gone away and is tried again.
    /// - Returns: a sequence that throws ``DragomanError`` when the gateway refuses the watch or stays away for longer than
    ///   ``Configuration/watchPatience``, and `CancellationError`. No more is read than is asked for.
    public func watch(
        _ selection: Selection, resumeToken: String? = nil, untilFinished: Bool = true,
        onInterruption: @escaping @Sendable (DragomanError) -> Void = { _ in }
    ) -> JobWatch {
        var request = Dragoman_V1_WatchJobsRequest()
        switch selection {
        case .batch(let id): request.batchID = id
        case .jobs(let ids): request.jobIds = ids
        case .all: break
        }
        request.resumeToken = resumeToken ?? ""
        request.untilFinished = untilFinished
        return JobWatch(client: self, request: request, onInterruption: onInterruption)
    }
}
