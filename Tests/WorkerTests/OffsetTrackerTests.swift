import TestSupport
import Testing

@testable import Worker

@Suite struct OffsetTrackerTests {
    @Test func lowestUnfinishedIsCommitted() {
        var tracker = OffsetTracker()
        #expect(tracker.committable == nil && tracker.finish(3) == nil)
        for offset: Int64 in [3, 4, 9] { #expect(tracker.start(offset) == true) }
        #expect(tracker.committable == 3)
        #expect(tracker.finish(4) == nil)
        // Nothing lies between 4 and 9.
        #expect(tracker.finish(3) == 9)
        #expect(tracker.finish(3) == nil)
        #expect(tracker.finish(9) == 10)
        #expect(tracker.committable == 10)
    }

    @Test func offsetsMustRise() {
        var tracker = OffsetTracker()
        #expect(tracker.start(5) && !tracker.start(5) && !tracker.start(4))
        #expect(tracker.finish(5) == 6)
        #expect(!tracker.start(5) && tracker.finish(5) == nil && tracker.committable == 6)
    }

    /// Against two sets.
    @Test(arguments: 0..<2000 as Range<UInt64>)
    func randomHistories(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var tracker = OffsetTracker()
        var started: [Int64] = []
        var finished: Set<Int64> = []
        var next = Int64.random(in: 0..<1000, using: &random)
        var last: Int64?
        for _ in 0..<60 {
            let unfinished = started.filter { !finished.contains($0) }
            if Bool.random(using: &random) {
                next += Int64.random(in: 0..<3, using: &random)
                #expect(tracker.start(next) == true)
                started.append(next)
                next += 1
            } else if let offset = unfinished.randomElement(using: &random) {
                finished.insert(offset)
                let committable = tracker.finish(offset)
                #expect((committable != nil) == (offset == unfinished.first))
            } else if let offset = started.randomElement(using: &random) {
                #expect(!tracker.start(offset) && tracker.finish(offset) == nil)
            }
            let expected = started.first { !finished.contains($0) } ?? started.last.map { $0 + 1 }
            #expect(tracker.committable == expected)
            if let last, let expected { #expect(expected >= last) }
            last = expected
        }
    }
}
