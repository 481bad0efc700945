import Testing

@testable import Kafka

@Suite struct AssignmentTests {
    private let zero = KafkaPartition(topic: "jobs", partition: 0)
    private let one = KafkaPartition(topic: "jobs", partition: 1)

    private func offset(_ partition: KafkaPartition, _ offset: Int64, epoch: Int?) -> KafkaOffset {
        KafkaOffset(topic: partition.topic, partition: partition.partition, offset: offset, epoch: epoch)
    }

    @Test func epochsCountAssignments() {
        var assignment = Assignment()
        #expect(assignment.add([zero, one]) == 1)
        assignment.remove([zero])
        #expect(assignment.epoch(of: zero) == nil)
        #expect(assignment.epoch(of: one) == 1)
        #expect(assignment.add([zero]) == 2)
        #expect(assignment.epoch(of: zero) == 2)
        #expect(assignment.epoch(of: one) == 1)
    }

    @Test func onlyCurrentOffsetsThatDoNotGoDownPass() {
        var assignment = Assignment()
        _ = assignment.add([zero])
        let good = offset(zero, 5, epoch: 1)
        assignment.committed(good)
        let (accepted, refused) = assignment.screen([
            good, offset(zero, 6, epoch: nil), offset(zero, 4, epoch: 1), offset(zero, 7, epoch: 0),
            offset(one, 1, epoch: 1),
        ])
        #expect(accepted == [good, offset(zero, 6, epoch: nil)])
        #expect(refused.mapValues(\.code) == [zero: .notAssigned, one: .notAssigned])
        // A new owner knows nothing of what the one before committed.
        assignment.remove([zero])
        _ = assignment.add([zero])
        #expect(assignment.screen([offset(zero, 4, epoch: 2)]).refused.isEmpty)
    }

    @Test func lateAnswerIsNotTheNextAssignmentsBusiness() {
        var assignment = Assignment()
        _ = assignment.add([zero])
        assignment.remove([zero])
        _ = assignment.add([zero])
        assignment.committed(offset(zero, 5, epoch: 1))
        #expect(assignment.screen([offset(zero, 4, epoch: 2)]).refused.isEmpty)
        assignment.committed(offset(zero, 5, epoch: 2))
        #expect(assignment.screen([offset(zero, 4, epoch: 2)]).accepted.isEmpty)
    }

    @Test func offsetsGoDownWhereTheyMay() {
        var assignment = Assignment()
        _ = assignment.add([zero])
        assignment.committed(offset(zero, 5, epoch: 1))
        var lower = offset(zero, 2, epoch: 1)
        #expect(assignment.screen([lower]).refused.mapValues(\.code) == [zero: .offsetWouldGoDown])
        lower.mayGoDown = true
        #expect(assignment.screen([lower]).accepted == [lower])
        // From then on, that is what may not be undercut.
        assignment.committed(lower)
        #expect(assignment.screen([offset(zero, 3, epoch: 1)]).refused.isEmpty)
    }

    @Test func onlyLastOffsetsOfPartitionsThatAreGivenUpPass() {
        var assignment = Assignment()
        _ = assignment.add([zero, one])
        assignment.beginRemoving([zero])
        let both = [offset(zero, 1, epoch: 1), offset(one, 1, epoch: 1)]
        #expect(assignment.screen(both).refused.mapValues(\.code) == [zero: .notAssigned])
        #expect(assignment.screen(both, areLast: true).refused.mapValues(\.code) == [one: .notAssigned])
        #expect(assignment.screen([offset(zero, 1, epoch: 0)], areLast: true).accepted.isEmpty)
        #expect(assignment.epoch(of: zero) == 1)
    }
}
