import Foundation
import Logging
import Platform
import Synchronization

/// Ends the process when it has come to a standstill, so that other workers can have its partitions, and tells before that.
/// librdkafka's own limit between two polls does not see that: any poll, of a producer too, counts for it in version 2.0.2.
final class Watchdog: Sendable {
    private struct State {
        var standstill: Stagnation.Standstill?
        var engineProgress = ContinuousClock.now
    }

    /// The process's exit code then.
    static let exitStatus: Int32 = 5
    private static let interval = Duration.seconds(1)
    /// What half of is worth telling where nothing ends the process.
    private static let standardLimit = Duration.seconds(300)

    private let isStopped = Atomic(false)
    private let state = Mutex(State())

    /// Begins to watch, on a thread of its own.
    /// - Parameter limit: How long a standstill may last; `nil` for ever.
    /// - Throws: `SystemError`.
    init(limit: Duration?, logger: Logger, pulse: @escaping @Sendable () -> Pulse) throws {
        _ = try DedicatedThread { [self] in
            var stagnation = Stagnation(limit: limit ?? Self.standardLimit, interval: Self.interval, start: .now)
            var warning = Stagnation(
                limit: (limit ?? Self.standardLimit) / 2, interval: Self.interval, start: .now)
            while !isStopped.load(ordering: .relaxed) {
                Thread.sleep(forTimeInterval: Self.interval.inSeconds)
                let (pulse, now) = (pulse(), ContinuousClock.now)
                let early = warning.check(pulse, at: now)
                state.withLock { $0 = State(standstill: early, engineProgress: warning.engineProgress) }
                guard let standstill = stagnation.check(pulse, at: now), limit != nil,
                    !isStopped.load(ordering: .relaxed)
                else { continue }
                logger.critical(
                    "no progress: this process ends, others take its jobs", metadata: ["cause": "\(standstill)"])
                exitImmediately(status: Self.exitStatus)
            }
        }
    }

    /// What has stood still for half as long as it may.
    var standstill: Stagnation.Standstill? { state.withLock { $0.standstill } }

    /// When the engine was last seen to get on, or to have nothing to do.
    var lastEngineProgress: ContinuousClock.Instant { state.withLock { $0.engineProgress } }

    /// Watches no more.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
    }
}
