import CRdkafka
import Logging

@testable import Kafka

/// Creates topics where a broker has an administration API.
struct TopicAdmin {
    private let handle: ClientHandle

    init(_ configuration: KafkaConfiguration) throws {
        handle = try ClientHandle(
            ClientProperties(kind: .producer, configuration: configuration), context: ClientContext(logger: .silent))
    }

    func create(_ topic: String, partitions: Int) throws {
        var text = [CChar](repeating: 0, count: 512)
        guard let queue = rd_kafka_queue_new(handle.pointer),
            let request = rd_kafka_NewTopic_new(topic, Int32(partitions), 1, &text, text.count)
        else { throw KafkaError(.other, String(nullTerminated: text)) }
        defer {
            rd_kafka_NewTopic_destroy(request)
            rd_kafka_queue_destroy(queue)
        }
        var requests: [OpaquePointer?] = [request]
        rd_kafka_CreateTopics(handle.pointer, &requests, 1, nil, queue)
        guard let event = rd_kafka_queue_poll(queue, 30_000) else {
            throw KafkaError(.timedOut, "topic \(topic) was not created")
        }
        defer { rd_kafka_event_destroy(event) }
        var count = 0
        let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
        let error = results?[0].map(rd_kafka_topic_result_error) ?? rd_kafka_event_error(event)
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(error, "topic \(topic) was not created") }
    }
}
