import Testing

@testable import Kafka

@Suite struct LostTopicsTests {
    private let now = ContinuousClock.now
    private let jobs = KafkaPartition(topic: "jobs", partition: 0)
    private let bulk = KafkaPartition(topic: "bulk", partition: 0)

    private func look(_ topics: inout LostTopics, _ now: ContinuousClock.Instant) -> Set<String> {
        topics.beginLook(now: now)
    }

    private func found(_ topics: inout LostTopics, _ areBack: Bool, _ now: ContinuousClock.Instant) -> Bool {
        topics.endLook(areBack: areBack, now: now)
    }

    @Test func topicThatDidNotComeBackIsLookedForUntilItIsThere() {
        var topics = LostTopics()
        topics.lost([jobs, bulk])
        #expect(look(&topics, now + .seconds(60)).isEmpty)
        topics.assigned([bulk], now: now)
        #expect(look(&topics, now + .seconds(1)).isEmpty)
        #expect(look(&topics, now + .seconds(2)) == ["jobs"])
        // One look at a time.
        #expect(look(&topics, now + .seconds(30)).isEmpty)
        #expect(!found(&topics, false, now + .seconds(30)))
        #expect(look(&topics, now + .seconds(31)).isEmpty)
        #expect(look(&topics, now + .seconds(32)) == ["jobs"])
        #expect(found(&topics, true, now + .seconds(32)))
        topics.assigned([bulk], now: now + .seconds(33))
        #expect(look(&topics, now + .seconds(60)).isEmpty)
    }

    @Test func topicThatCameBackIsNotLookedFor() {
        var topics = LostTopics()
        topics.lost([jobs])
        topics.assigned([], now: now)
        #expect(look(&topics, now + .seconds(2)) == ["jobs"])
        topics.assigned([jobs], now: now + .seconds(2))
        #expect(!found(&topics, true, now + .seconds(2)))
        #expect(look(&topics, now + .seconds(60)).isEmpty)
    }
}
