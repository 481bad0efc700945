import Testing

@testable import Kafka

@Suite struct ConsumerProtocolTests {
    /// Version 1; topics "jobs" with 0 and 258, "j" with none; user data, which is not looked at.
    private static let assignment: [UInt8] =
        [0, 1] + [0, 0, 0, 2] + [0, 4] + Array("jobs".utf8) + [0, 0, 0, 2] + [0, 0, 0, 0] + [0, 0, 1, 2]
        + [0, 1] + Array("j".utf8) + [0, 0, 0, 0] + [0, 0, 0, 1, 7]

    @Test func assignmentIsRead() {
        let partitions = ConsumerProtocol.partitions(ofAssignment: Self.assignment)
        #expect(
            partitions == [KafkaPartition(topic: "jobs", partition: 0), KafkaPartition(topic: "jobs", partition: 258)])
        #expect(ConsumerProtocol.partitions(ofAssignment: [0, 0, 0, 0, 0, 0]) == [])
    }

    @Test func anythingElseIsRefused() {
        let withoutUserData = Self.assignment.dropLast(5)
        for count in 0..<withoutUserData.count {
            #expect(ConsumerProtocol.partitions(ofAssignment: Array(withoutUserData.prefix(count))) == nil)
        }
        #expect(ConsumerProtocol.partitions(ofAssignment: [0, 0, 127, 255, 255, 255]) == nil)
        #expect(ConsumerProtocol.partitions(ofAssignment: [0, 0, 0, 0, 0, 1, 255, 255]) == nil)
    }
}
