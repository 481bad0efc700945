import FoundationEssentials
import Jobs
import Kafka

extension Release {
    /// The record that says so, in JSON for whoever looks at the topic.
    func record(for topic: String, worker: String) throws -> KafkaProducerRecord {
        var release = self
        release.worker = worker
        release.date = Date()
        let key = String(session, radix: 16)
        let headers = MessageCodec.headers(
            for: Release.self, format: .json, id: "\(key)/\(sequence)", source: "dragoman/worker/\(worker)")
        return KafkaProducerRecord(
            topic: topic, key: Array(key.utf8), value: try MessageCodec.encode(release, as: .json),
            headers: headers.map(KafkaHeader.init))
    }
}
