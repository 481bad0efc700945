import GRPCCore

extension DragomanClient {
    /// Bytes of an answer, at most: pages and updates hold hundreds of results, of up to a megabyte each.
    private static let answerLimit = 1 << 28

    /// Makes a call, again where it fails since the gateway is away or the token has been replaced.
    /// - Parameters:
    ///   - timeout: for all attempts together.
    ///   - body: one attempt.
    /// - Throws: ``DragomanError``, or `CancellationError`.
    func call<Value: Sendable>(
        timeout: Duration, _ body: @Sendable (Stub, Metadata, CallOptions) async throws -> Value
    ) async throws -> Value {
        calls.begin()
        defer { calls.end() }
        let deadline = ContinuousClock.now + timeout
        var attempts = Attempts(policy: configuration.retry)
        while true {
            let header = try await header()
            do {
                var options = Self.options
                options.timeout = max(.zero, ContinuousClock.now.duration(to: deadline))
                return try await body(stub, Self.metadata(header), options)
            } catch {
                let failure = try failure(error)
                guard try await attempts.isWorthAnother(failure, after: header, credentials, until: deadline) else {
                    throw attempts.report(failure)
                }
            }
        }
    }

    /// - Throws: ``DragomanError`` (configuration).
    func header() async throws -> String? {
        do {
            return try await credentials?.header()
        } catch {
            throw try failure(error)
        }
    }

    /// Those that all calls have.
    static var options: CallOptions {
        var options = CallOptions.defaults
        options.maxResponseMessageBytes = answerLimit
        // The transport takes this one for answers.
        options.maxRequestMessageBytes = answerLimit
        return options
    }

    static func metadata(_ header: String?) -> Metadata {
        header.map { ["authorization": "\($0)"] } ?? [:]
    }

    /// What a call failed of.
    /// - Throws: `CancellationError` when it was the task's cancellation.
    func failure(_ error: any Error) throws -> DragomanError {
        if Task.isCancelled || error is CancellationError { throw CancellationError() }
        return DragomanError(error, at: configuration.endpoint)
    }
}
