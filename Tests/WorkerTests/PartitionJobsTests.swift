import TestSupport
import Testing

@testable import Worker

@Suite struct PartitionJobsTests {
    typealias RecordID = PartitionJobs.RecordID

    private func id(_ offset: Int64, timestamp: Int64 = 0) -> RecordID {
        RecordID(offset: offset, timestamp: timestamp)
    }

    @Test func runningJobSurvivesARebalance() {
        var jobs = PartitionJobs()
        #expect(jobs.take(id(0), epoch: 1) == .run)
        jobs.end(1)
        #expect(!jobs.isOwned(id(0)))
        #expect(jobs.take(id(0), epoch: 2) == .skip(committable: nil))
        #expect(jobs.isOwned(id(0)))
        #expect(jobs.finish(id(0)) == 1)
    }

    @Test func whatWasWrittenMeanwhileIsNotRunAgain() {
        var jobs = PartitionJobs()
        for offset: Int64 in 0...2 { #expect(jobs.take(id(offset), epoch: 1) == .run) }
        #expect(jobs.finish(id(1)) == nil)
        jobs.end(1)
        #expect(jobs.finish(id(0)) == nil)
        #expect(jobs.take(id(0), epoch: 2) == .skip(committable: 1))
        #expect(jobs.take(id(1), epoch: 2) == .skip(committable: 2))
        #expect(jobs.take(id(2), epoch: 2) == .skip(committable: nil))
        #expect(jobs.finish(id(2)) == 3)
    }

    @Test func jobWhosePartitionIsGoneIsGivenBack() {
        var jobs = PartitionJobs()
        #expect(jobs.take(id(0), epoch: 1) == .run && jobs.claim(id(0)))
        jobs.end(1)
        #expect(jobs.claim(id(0)) == false)
        #expect(jobs.take(id(0), epoch: 2) == .run)
    }

    @Test func jobGivenBackHoldsCommitsUp() {
        var jobs = PartitionJobs()
        #expect(jobs.take(id(0), epoch: 1) == .run && jobs.take(id(1), epoch: 1) == .run)
        jobs.giveBack(id(0))
        #expect(!jobs.isOwned(id(0)) && jobs.finish(id(1)) == nil)
        #expect(jobs.take(id(0), epoch: 2) == .run)
    }

    @Test func staleRecordsAreLeftAlone() {
        var jobs = PartitionJobs()
        jobs.end(3)
        #expect(jobs.take(id(0), epoch: 3) == .skip(committable: nil) && jobs.epoch == nil)
        #expect(jobs.take(id(0), epoch: 4) == .run)
    }

    @Test func recordOfALogThatBeganAnewIsAnother() {
        var jobs = PartitionJobs()
        #expect(jobs.take(id(0), epoch: 1) == .run && jobs.finish(id(0)) == 1)
        #expect(jobs.take(id(0, timestamp: 7), epoch: 1) == .run)
        #expect(jobs.isOwned(id(0, timestamp: 7)))
        #expect(jobs.finish(id(0, timestamp: 7)) == nil)
    }

    /// One worker among others, against a log, the group's committed offset, and what was published.
    @Test(arguments: 0..<2000 as Range<UInt64>)
    func randomHistories(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var world = World()
        for _ in 0..<120 { world.step(using: &random) }
        world.finish()
        #expect(world.committed == World.end)
    }
}

/// A partition of a log, its group, and the worker under test.
private struct World {
    static let end: Int64 = 25

    private var jobs = PartitionJobs()
    private var running: Set<PartitionJobs.RecordID> = []
    private var published: Set<Int64> = []
    private var epoch = 0
    private var isOwned = false
    private var start: Int64 = 0
    private var position: Int64 = 0
    private var committable: Int64?
    private(set) var committed: Int64 = 0

    mutating func step(using random: inout SplitMix64) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0 where isOwned: revoke()
        case 0: assign()
        case 1 where !isOwned: othersWork(using: &random)
        case 2...6 where isOwned: deliver()
        case 7, 8: if let id = running.randomElement(using: &random) { end(id) }
        case 9: if let id = running.randomElement(using: &random) { claim(id) }
        case 10 where isOwned: commit()
        default: break
        }
    }

    /// Lets the worker do all that is left.
    mutating func finish() {
        if isOwned { revoke() }
        assign()
        while position < Self.end { deliver() }
        for id in running { end(id) }
        commit()
    }

    private mutating func assign() {
        epoch += 1
        isOwned = true
        start = committed
        position = committed
        committable = nil
    }

    private mutating func revoke() {
        isOwned = false
        jobs.end(epoch)
    }

    private mutating func othersWork(using random: inout SplitMix64) {
        let reached = Int64.random(in: committed...Self.end, using: &random)
        published.formUnion(committed..<reached)
        committed = reached
    }

    private mutating func deliver() {
        guard position < Self.end else { return }
        let id = PartitionJobs.RecordID(offset: position, timestamp: nil)
        position += 1
        switch jobs.take(id, epoch: epoch) {
        case .run:
            #expect(!published.contains(id.offset))
            #expect(running.insert(id).inserted == true)
        case .skip(let offset):
            #expect(running.contains(id) || published.contains(id.offset))
            check(offset)
        }
        if running.contains(id) { #expect(jobs.isOwned(id)) }
    }

    private mutating func end(_ id: PartitionJobs.RecordID) {
        running.remove(id)
        published.insert(id.offset)
        check(jobs.finish(id))
    }

    private mutating func claim(_ id: PartitionJobs.RecordID) {
        let isOurs = isOwned && (start..<position).contains(id.offset)
        #expect(jobs.claim(id) == isOurs)
        if !isOurs { running.remove(id) }
    }

    private mutating func commit() {
        guard let committable else { return }
        committed = max(committed, committable)
        jobs.committed(committed)
    }

    /// Nothing is committed but what is published, only while the partition is owned, and it rises.
    private mutating func check(_ offset: Int64?) {
        guard let offset else { return }
        #expect(isOwned && jobs.epoch == epoch)
        #expect(offset > committable ?? -1)
        #expect((0..<offset).allSatisfy(published.contains))
        committable = offset
    }
}
