/// The attempts at one call.
struct Attempts {
    let policy: RetryPolicy
    private var count = 0
    private var hasRenewedToken = false
    /// Why an earlier one failed.
    private var unavailability: DragomanError?

    init(policy: RetryPolicy) {
        self.policy = policy
    }

    /// Takes what an attempt failed of, and waits for the time of the next one where there is to be one.
    /// - Throws: `CancellationError`, or what the token can't be read for.
    mutating func isWorthAnother(
        _ failure: DragomanError, after header: String?, _ credentials: Credentials?,
        until deadline: ContinuousClock.Instant
    ) async throws -> Bool {
        if failure.code == .unauthenticated, !hasRenewedToken, let header, let credentials {
            hasRenewedToken = true
            return try await credentials.isRenewed(after: header)
        }
        guard failure.isWorthRepeating else { return false }
        unavailability = failure
        count += 1
        let delay = failure.retryAfter ?? policy.delay(after: count)
        guard count < policy.attempts, ContinuousClock.now + delay < deadline else { return false }
        try await Task.sleep(for: delay)
        return true
    }

    /// What to tell the caller: that the time was up while the gateway was away is of less use than that it was away.
    func report(_ failure: DragomanError) -> DragomanError {
        failure.code == .deadlineExceeded ? unavailability ?? failure : failure
    }
}

extension DragomanError {
    /// Whether a call is tried again by itself: the gateway, or what it needs, is away, or it says when to come back.
    var isWorthRepeating: Bool {
        isRetriable && (statusCode == Self.unavailable || code == .quotaExceeded && retryAfter != nil)
    }

    private static let unavailable = 14
}
