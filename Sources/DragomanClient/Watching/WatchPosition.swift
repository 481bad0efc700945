import Synchronization

/// How far a watch is, and how it fares.
final class WatchPosition: Sendable {
    /// What to do after a failure.
    enum Recovery: Sendable, Hashable {
        /// Throw it.
        case give
        /// Ask again from the beginning.
        case beginAnew
        /// Ask again with another bearer token, if there is one.
        case renewToken
        /// Ask again after a while.
        case wait(Duration)
    }

    private struct State: Sendable {
        var token: String
        /// Whether the token was given in this watch, and not by who asked for it.
        var isOwnToken = false
        var isRestart = false
        /// When the gateway went away; `nil` while it is there.
        var interruption: ContinuousClock.Instant?
        var failures = 0
        var hasRenewedToken = false

        mutating func isThere() {
            interruption = nil
            failures = 0
            hasRenewedToken = false
        }
    }

    private let state: Mutex<State>

    /// An attempt that took longer had a connection: one that can't be made fails sooner.
    private static let connectTime = Duration.seconds(15)
    /// Whatever the gateway says.
    private static let longestWait = Duration.seconds(60)

    init(token: String) {
        state = Mutex(State(token: token))
    }

    /// Where to go on; empty for the beginning.
    var token: String { state.withLock { $0.token } }

    /// Takes note that a message has come.
    /// - Returns: whether it is the first after everything began anew.
    func received() -> Bool {
        state.withLock { state in
            state.isThere()
            defer { state.isRestart = false }
            return state.isRestart
        }
    }

    /// Takes note of what was dealt with.
    func taken(_ token: String) {
        state.withLock { state in
            guard !token.isEmpty else { return }
            state.token = token
            state.isOwnToken = true
        }
    }

    /// Takes note of a failure.
    /// - Parameter attempt: how long the attempt took that failed.
    func failed(
        _ failure: DragomanError, after attempt: Duration, _ configuration: DragomanClient.Configuration
    ) -> Recovery {
        state.withLock { state in
            if attempt > Self.connectTime { state.isThere() }
            let isStale = failure.code == .tokenExpired || failure.code == .invalidToken && state.isOwnToken
            if isStale, !state.token.isEmpty {
                state.token = ""
                state.isRestart = true
                return .beginAnew
            }
            if failure.code == .unauthenticated, !state.hasRenewedToken {
                state.hasRenewedToken = true
                return .renewToken
            }
            guard failure.isRetriable || failure.isBrokenStream else { return .give }
            let now = ContinuousClock.now
            let since = state.interruption ?? now
            state.interruption = since
            if let patience = configuration.watchPatience, since.duration(to: now) >= patience { return .give }
            state.failures += 1
            let delay = configuration.retry.delay(after: state.failures)
            return .wait(min(failure.retryAfter ?? delay, Self.longestWait))
        }
    }
}

extension DragomanError {
    /// Whether it is what gRPC calls a stream that broke: unknown, internal, aborted or cancelled by the other side.
    fileprivate var isBrokenStream: Bool {
        code == .other && [1, 2, 10, 13].contains(statusCode)
    }
}
