/// Topics of which a group consumer had partitions when it lost its membership, and none after joining anew.
///
/// Brokers that lost their data have no topics at first. A group that is joined meanwhile has nothing assigned, and
/// librdkafka notices only topics whose partition count differs from what it was before: the same topics made again
/// would stay unread for ever. So the group has to be joined once more when they are back.
struct LostTopics {
    /// How long to wait before looking whether they are back, and between looks.
    private static let interval = Duration.seconds(2)

    private var lost: Set<String> = []
    private var missing: Set<String> = []
    /// When to look again; `nil` while somebody is looking.
    private var nextLook: ContinuousClock.Instant? = .now

    /// The membership was lost, and with it these partitions.
    mutating func lost(_ partitions: [KafkaPartition]) { lost.formUnion(partitions.map(\.topic)) }

    /// The group was joined anew.
    mutating func assigned(_ partitions: [KafkaPartition], now: ContinuousClock.Instant) {
        missing = missing.union(lost).subtracting(partitions.map(\.topic))
        lost = []
        if nextLook != nil { nextLook = now + Self.interval }
    }

    /// The topics to look for, if it is time for that; ``endLook(areBack:now:)`` has to follow then.
    mutating func beginLook(now: ContinuousClock.Instant) -> Set<String> {
        guard !missing.isEmpty, let nextLook, now >= nextLook else { return [] }
        self.nextLook = nil
        return missing
    }

    /// - Parameter areBack: Whether some of the topics exist. They may simply be other members'.
    /// - Returns: Whether to join anew, which is done once.
    mutating func endLook(areBack: Bool, now: ContinuousClock.Instant) -> Bool {
        nextLook = now + Self.interval
        guard areBack, !missing.isEmpty else { return false }
        missing = []
        return true
    }
}
