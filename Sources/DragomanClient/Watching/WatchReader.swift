import GRPCCore
import TranslationAPI

/// Reads a watch to its end, over as many connections as that takes.
struct WatchReader {
    private let client: DragomanClient
    private let onInterruption: @Sendable (DragomanError) -> Void
    private let request: Dragoman_V1_WatchJobsRequest

    init(_ watch: JobWatch) {
        client = watch.client
        onInterruption = watch.onInterruption
        request = watch.request
    }

    /// - Parameter give: gives an update to whoever watches, and tells whether it was taken.
    /// - Throws: ``DragomanError``, or `CancellationError`.
    func read(_ give: @escaping @Sendable (WatchUpdate) async -> Bool) async throws {
        let position = WatchPosition(token: request.resumeToken)
        while true {
            let header = try await client.header()
            let start = ContinuousClock.now
            do {
                try await readOnce(header, position, give)
                // Where there is no last job, only a gateway that goes away ends a watch.
                if request.untilFinished { return }
                throw RPCError(code: .unavailable, message: "it has ended the watch")
            } catch {
                try await recover(from: try client.failure(error), header, position, after: start.duration(to: .now))
            }
        }
    }

    private func readOnce(
        _ header: String?, _ position: WatchPosition, _ give: @escaping @Sendable (WatchUpdate) async -> Bool
    ) async throws {
        var request = request
        request.resumeToken = position.token
        let call = ClientRequest(message: request, metadata: DragomanClient.metadata(header))
        try await client.stub.watchJobs(request: call, options: DragomanClient.options) { response in
            for try await message in response.messages {
                let update = WatchUpdate(message, isRestart: position.received())
                // What was not taken is to come again.
                guard await give(update) else { throw CancellationError() }
                position.taken(update.resumeToken)
            }
        }
    }

    /// Waits until it is worth to try again.
    /// - Throws: the failure where it is not.
    private func recover(
        from failure: DragomanError, _ header: String?, _ position: WatchPosition, after attempt: Duration
    ) async throws {
        switch position.failed(failure, after: attempt, client.configuration) {
        case .give: throw failure
        case .beginAnew: break
        case .renewToken:
            guard let header, let credentials = client.credentials, try await credentials.isRenewed(after: header)
            else {
                throw failure
            }
        case .wait(let delay):
            onInterruption(failure)
            try await Task.sleep(for: delay)
        }
    }
}
