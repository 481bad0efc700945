import FoundationEssentials
import Jobs
import Kafka

extension MessageHeader {
    init(_ header: KafkaHeader) {
        self.init(name: header.key, value: header.value)
    }
}

extension KafkaHeader {
    init(_ header: MessageHeader) {
        self.init(key: header.name, value: header.value)
    }
}

extension JobOrigin {
    init(_ record: KafkaRecord) {
        self.init()
        topic = record.topic
        partition = record.partition
        offset = record.offset
    }
}

extension KafkaRecord {
    /// Seconds from the submit, or else from the record's timestamp, until now; 0 where the clocks disagree.
    func secondsWaited(since submitDate: Date?) -> Double {
        let written = timestampMilliseconds.map { Date(timeIntervalSince1970: Double($0) / 1000) }
        guard let date = submitDate ?? written else { return 0 }
        return max(0, Date().timeIntervalSince(date))
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
