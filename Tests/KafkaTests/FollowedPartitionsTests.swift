import Testing

@testable import Kafka

@Suite struct FollowedPartitionsTests {
    private let start = ContinuousClock.now

    /// Announces partitions and follows them at once.
    private func follow(
        _ followed: inout FollowedPartitions, _ starts: [Int32: Int64], until ends: [Int32: Int64], id: Int,
        now: ContinuousClock.Instant
    ) -> [Int32: Int64]? {
        followed.announce(starts.keys, id: id)
        return followed.follow(starts, until: ends, id: id, now: now)
    }

    private func outcomes(
        _ followed: inout FollowedPartitions, now: ContinuousClock.Instant
    ) -> [FollowedPartitions.Outcome] {
        followed.takeOutcomes(now: now).map(\.outcome)
    }

    @Test func callsEndWhenAllTheirPartitionsHaveCaughtUp() {
        var followed = FollowedPartitions(patience: .seconds(10))
        let started = follow(&followed, [0: 2, 1: 0], until: [0: 5, 1: 0], id: 1, now: start)
        #expect(started == [0: 2, 1: 0])
        followed.handedOver([0: 4], now: start)
        #expect(outcomes(&followed, now: start).isEmpty)
        // The last offset holds no record.
        followed.reachedEnd(5, of: 0, now: start)
        #expect(outcomes(&followed, now: start) == [.caughtUp([0: 5, 1: 0])])
        #expect(outcomes(&followed, now: start).isEmpty)
        // A partition that is followed already goes on where it is.
        let again = follow(&followed, [0: 0], until: [0: 5], id: 2, now: start)
        #expect(again == [:])
        #expect(outcomes(&followed, now: start) == [.caughtUp([0: 5])])
    }

    @Test func onlyProgressPutsOffTheTimeout() {
        var followed = FollowedPartitions(patience: .seconds(10))
        _ = follow(&followed, [0: 0, 1: 0], until: [0: 5, 1: 5], id: 1, now: start)
        _ = follow(&followed, [2: 0], until: [2: 5], id: 2, now: start)
        followed.handedOver([0: 5], now: start + .seconds(9))
        let second = followed.takeOutcomes(now: start + .seconds(11))
        #expect(second.map(\.id) == [2])
        #expect(second.map(\.outcome) == [.timedOut(missing: [2])])
        #expect(outcomes(&followed, now: start + .seconds(20)) == [.timedOut(missing: [1])])
        #expect(followed.follows(1))
    }

    @Test func stoppedPartitionEndsTheCallsForIt() {
        var followed = FollowedPartitions(patience: .seconds(10))
        _ = follow(&followed, [0: 0, 1: 0], until: [0: 5, 1: 0], id: 1, now: start)
        followed.stop([1])
        #expect(!followed.follows(1))
        followed.handedOver([1: 7], now: start)
        #expect(!followed.follows(1))
        #expect(outcomes(&followed, now: start) == [.stopped])
        // Where it begins again is the next call's business.
        let again = follow(&followed, [1: 3], until: [1: 3], id: 2, now: start)
        #expect(again == [1: 3])
    }

    @Test func partitionStoppedBeforeItBeganIsNotFollowed() {
        var followed = FollowedPartitions(patience: .seconds(10))
        followed.announce([0, 1], id: 1)
        followed.announce([2], id: 2)
        followed.stop([1])
        let stopped = followed.follow([0: 0, 1: 0], until: [0: 5, 1: 5], id: 1, now: start)
        #expect(stopped == nil)
        #expect(!followed.follows(1))
        let other = followed.follow([2: 0], until: [2: 0], id: 2, now: start)
        #expect(other == [2: 0])
        // An announcement serves once.
        let again = followed.follow([2: 0], until: [2: 0], id: 2, now: start)
        #expect(again == nil)
    }

    @Test func lostLogEndsTheWaitAtItsNewEnd() {
        var followed = FollowedPartitions(patience: .seconds(10))
        _ = follow(&followed, [0: 50], until: [0: 60], id: 1, now: start)
        followed.handedOver([0: 2], now: start)
        #expect(outcomes(&followed, now: start).isEmpty)
        followed.handedOver([0: 55], now: start)
        followed.reachedEnd(3, of: 0, now: start)
        #expect(outcomes(&followed, now: start) == [.caughtUp([0: 3])])
    }
}
