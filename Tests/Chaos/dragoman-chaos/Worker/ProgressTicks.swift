import Synchronization

/// What an engine that only sleeps has got done.
final class ProgressTicks: Sendable {
    private static let slice = 100
    private let ticks = Atomic<UInt64>(0)

    var count: UInt64 { ticks.load(ordering: .relaxed) }

    /// Sleeps, and counts meanwhile.
    func sleep(milliseconds: Int) async throws {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        while ContinuousClock.now < end {
            try await Task.sleep(until: min(end, .now + .milliseconds(Self.slice)))
            ticks.wrappingAdd(1, ordering: .relaxed)
        }
    }
}
