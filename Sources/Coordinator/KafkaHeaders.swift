import Jobs
import Kafka

extension MessageHeader {
    package init(_ header: KafkaHeader) {
        self.init(name: header.key, value: header.value)
    }
}

extension KafkaHeader {
    package init(_ header: MessageHeader) {
        self.init(key: header.name, value: header.value)
    }
}
