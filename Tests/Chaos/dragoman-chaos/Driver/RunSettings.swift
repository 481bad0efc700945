import Jobs

/// How a run goes. Together with the scenario's name and the seed it says all that can be said beforehand.
struct RunSettings: Codable, Sendable, Hashable {
    var scenario: String
    var seed: UInt64
    var minutes: Double
    /// Jobs to submit, where the scenario counts them.
    var jobs: Int
    var workers: Int
    var broker: BrokerKind
    var sabotage: Sabotage?
    /// How long, in seconds, the fleet may take at the end to answer what is left; `nil` for the scenario's own.
    var patience: Int?
    var partitions = 12
    var inFlight = 4
    /// The workers' grace period in seconds.
    var grace = 10
    /// How long an attempt at a job may take, in seconds.
    var attemptLimit = 120
    /// Properties of librdkafka for the workers.
    var properties: [String: String] = [
        "session.timeout.ms": "2000",
        "heartbeat.interval.ms": "300",
        // The embedded broker at times forgets to answer a member that joins; that one asks again after so long and three
        // seconds.
        "max.poll.interval.ms": "6000",
        // The embedded broker answers a fetch no earlier than this when it comes before the record.
        "fetch.wait.max.ms": "100",
    ]
    /// How long, in milliseconds, a worker may take to hear of a result that another one published.
    var allowance = 1_000

    /// What topic names begin with.
    var prefix: String { "chaos." }
    var group: String { prefix + "workers" }
    /// The session time-out in milliseconds.
    var session: Int { properties["session.timeout.ms"].flatMap { Int($0) } ?? 10_000 }
}

extension RunSettings {
    /// What librdkafka is told in the workers of a slot. Members that the embedded broker has forgotten ask again after
    /// their poll interval: not all at the same time, since the first to come to an empty group waits for three seconds,
    /// and is forgotten before they are over.
    func properties(of slot: Int) -> [String: String] {
        properties.merging(["max.poll.interval.ms": "\(pollInterval(of: slot))"]) { $1 }
    }

    /// The poll interval, in milliseconds, of the workers of a slot.
    func pollInterval(of slot: Int) -> Int {
        (properties["max.poll.interval.ms"].flatMap { Int($0) } ?? 300_000) + slot % 8 * 700
    }

    /// The topics that workers take jobs from.
    var sources: [String] { (try? TopicNames(prefix: prefix).sources) ?? [] }
}
