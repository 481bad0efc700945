import Testing

@testable import Kafka

@Suite struct OffsetResetTests {
    /// As versions 2.0.2 and 2.16 put it.
    @Test(arguments: [
        """
        [thrd:main]: jobs.bulk [3]: offset reset (at offset 20, broker 1) to cached BEGINNING offset 0: fetch failed due to \
        requested offset not available on the broker: Broker: Offset out of range
        """,
        """
        [thrd:main]: jobs.bulk [3]: offset reset (at offset 20 (leader epoch -1), broker 1) to offset BEGINNING (leader \
        epoch -1): fetch failed due to requested offset not available on the broker: Broker: Offset out of range
        """,
    ])
    func lineIsRead(text: String) {
        let expected = OffsetReset(partition: KafkaPartition(topic: "jobs.bulk", partition: 3), offset: 20)
        #expect(OffsetReset(facility: "OFFSET", text: text) == expected)
        #expect(OffsetReset(facility: "FETCH", text: text) == nil)
    }

    @Test(arguments: [
        "jobs [3]: offset reset (at offset INVALID, broker -1) to BEGINNING: no previously committed offset available",
        "jobs [3]: offset 20 committed",
        "",
    ])
    func otherLineIsLeft(text: String) {
        #expect(OffsetReset(facility: "OFFSET", text: text) == nil)
    }
}
