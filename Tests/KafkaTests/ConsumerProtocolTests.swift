import Testing

@testable import Kafka

@Suite struct ConsumerProtocolTests {
    /// Version 0, two topics (`a` with 1 and 258, `bc` with none), no user data.
    private static let assignment: [UInt8] =
        [0, 0, 0, 0, 0, 2, 0, 1, 0x61, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 2, 0, 2, 0x62, 0x63, 0, 0, 0, 0]
        + [0xFF, 0xFF, 0xFF, 0xFF]

    @Test func partitions() {
        #expect(
            ConsumerProtocol.partitions(ofAssignment: Self.assignment) == [
                KafkaPartition(topic: "a", partition: 1), KafkaPartition(topic: "a", partition: 258),
            ])
    }

    @Test func bytesThatEndTooSoon() {
        for count in 0..<(Self.assignment.count - 4) {
            #expect(ConsumerProtocol.partitions(ofAssignment: Array(Self.assignment.prefix(count))) == nil)
        }
    }

    @Test func absurdCounts() {
        #expect(ConsumerProtocol.partitions(ofAssignment: [0, 0, 0x7F, 0xFF, 0xFF, 0xFF]) == nil)
        #expect(ConsumerProtocol.partitions(ofAssignment: [0, 0, 0, 0, 0, 1, 0xFF, 0xFF]) == nil)
        #expect(ConsumerProtocol.partitions(ofAssignment: [0, 0, 0xFF, 0xFF, 0xFF, 0xFF]) == [])
    }
}
