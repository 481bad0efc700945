/// What is done to a fleet and when: the same for the same seed.
struct FaultSchedule: Sendable {
    /// Requests that are answered with errors. Not those by which members join and stay: a member that joins again while an
    /// answer to it is outstanding makes the embedded broker fail an assertion of its own, some time in an hour. The
    /// scenario of protocol errors has them.
    private static let requests: [RequestKind] = [.produce, .fetch, .commit]

    /// How long a group takes to meet again after a worker has died.
    private static let settling = Duration.seconds(8)

    private(set) var faults: [(at: Duration, fault: Fault)] = []

    /// - Parameter duration: the end stays quiet.
    init(seed: UInt64, workers: Int, duration: Duration) {
        var generator = SplitMix64(seed: seed)
        // The group has to meet first.
        var time = Duration.seconds(5)
        while time < duration * 0.85 {
            let fault = Self.fault(workers: workers, &generator)
            // The mock cluster stops the process when a member that slept through a rebalance joins anew: so they sleep
            // while the group is settled.
            if case .pause(_, let length) = fault {
                faults.append((time + Self.settling, fault))
                time += Self.settling * 2 + .milliseconds(length)
            } else {
                faults.append((time, fault))
            }
            time += .milliseconds(Int.random(in: 2_000...10_000, using: &generator))
        }
    }

    private static func fault(workers: Int, _ generator: inout SplitMix64) -> Fault {
        let slot = Int.random(in: 0..<workers, using: &generator)
        let length = Int.random(in: 500...5_000, using: &generator)
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<5: return .kill(slot)
        case 5..<8: return .terminate(slot)
        case 8..<10: return .pause(slot, milliseconds: length + 1_000)
        case 10: return .outage(milliseconds: length)
        case 11..<13: return .latency(Int.random(in: 20...300, using: &generator), milliseconds: length)
        case 13..<17:
            let request = requests.randomElement(using: &generator) ?? .commit
            var failure = ProtocolFailure.allCases.randomElement(using: &generator) ?? .requestTimedOut
            // Commits are tried while the group is joining, too, and then the mock cluster can't bear it.
            if request == .commit, failure.sendsMembersBack(from: request) { failure = .rebalanceInProgress }
            return .errors(request, failure, times: Int.random(in: 1...5, using: &generator))
        default:
            let weather: [StorageWeather] = [.slow(300), .failing, .full, .hanging]
            return .storage(weather.randomElement(using: &generator) ?? .failing, milliseconds: length / 2)
        }
    }
}
