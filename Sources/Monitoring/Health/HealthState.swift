import Synchronization

/// What a process says of itself to whoever runs it.
///
/// All three are about the process alone: neither brokers that are away nor a job that takes an hour make it unhealthy, since
/// starting it anew would mend neither.
public final class HealthState: Sendable {
    /// A question to the process.
    public enum Probe: Sendable, Hashable, CaseIterable {
        /// Does it get on by its own clock? If not, it is to be started anew.
        case live
        /// Does it do its work at present?
        case ready
        /// Has it begun to?
        case started
    }

    /// Says what is wrong, in words; `nil` for nothing.
    public typealias Check = @Sendable () -> String?

    private let checks: Mutex<[Probe: Check]>

    /// Creates the state of a process that is alive and has not begun its work.
    public init() {
        let starting: Check = { "not started yet" }
        checks = Mutex([.ready: starting, .started: starting])
    }

    /// Sets what answers a probe from now on.
    public func set(_ probe: Probe, _ check: @escaping Check) {
        checks.withLock { $0[probe] = check }
    }

    /// Notes that a probe is answered with yes from now on.
    public func pass(_ probe: Probe) {
        checks.withLock { $0[probe] = nil }
    }

    /// Notes why a probe is answered with no from now on.
    public func fail(_ probe: Probe, _ reason: String) {
        set(probe) { reason }
    }

    /// What is wrong, in words; `nil` for nothing.
    public func problem(_ probe: Probe) -> String? {
        checks.withLock { $0[probe] }?()
    }
}
