import Kafka
import TestSupport
import Testing

@testable import Worker

@Suite struct CommitQueueTests {
    private func offset(_ partition: Int32, _ offset: Int64, epoch: Int = 1) -> KafkaOffset {
        KafkaOffset(topic: "jobs", partition: partition, offset: offset, epoch: epoch)
    }

    @Test func newestOfEachPartitionWaits() {
        var queue = CommitQueue()
        #expect(queue.add(offset(0, 1)) == true)
        #expect(queue.next() == [offset(0, 1)])
        #expect(!queue.add(offset(0, 2)) && !queue.add(offset(1, 5)) && !queue.add(offset(0, 3)))
        #expect(Set(queue.next()) == [offset(0, 3), offset(1, 5)])
        #expect(queue.next().isEmpty && !queue.isBusy)
        #expect(queue.add(offset(0, 4)) == true)
    }

    @Test func newerOffsetsGoBeforeThoseThatFailed() {
        var queue = CommitQueue()
        _ = queue.add(offset(0, 1))
        _ = queue.add(offset(1, 1))
        let failed = queue.next()
        _ = queue.add(offset(0, 2))
        queue.putBack(failed)
        #expect(Set(queue.next()) == [offset(0, 2), offset(1, 1)])
    }

    @Test func laterAssignmentGoesBeforeAHigherOffset() {
        var queue = CommitQueue()
        _ = queue.add(offset(0, 9, epoch: 1))
        _ = queue.add(offset(0, 5, epoch: 2))
        _ = queue.add(offset(0, 10, epoch: 1))
        #expect(queue.next() == [offset(0, 5, epoch: 2)])
    }

    /// Whatever fails, offsets of a partition never go down, and the last ones get through.
    @Test(arguments: 0..<500 as Range<UInt64>)
    func randomHistories(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var queue = CommitQueue()
        var newest: [Int32: Int64] = [:]
        var committed: [Int32: Int64] = [:]
        var underWay: [KafkaOffset]?
        for step in 0..<200 {
            if step < 150, Bool.random(using: &random) {
                let partition = Int32.random(in: 0..<3, using: &random)
                newest[partition, default: 0] += Int64.random(in: 1..<4, using: &random)
                let mustBegin = queue.add(offset(partition, newest[partition] ?? 0))
                #expect(mustBegin == (underWay == nil))
                if mustBegin { underWay = queue.next() }
            } else if let offsets = underWay {
                if step < 150, Bool.random(using: &random) {
                    queue.putBack(offsets)
                } else {
                    for offset in offsets {
                        #expect(offset.offset > committed[offset.partition] ?? 0)
                        committed[offset.partition] = offset.offset
                    }
                }
                let next = queue.next()
                underWay = next.isEmpty ? nil : next
            }
        }
        #expect(committed == newest && !queue.isBusy)
    }
}
