import Jobs
import Kafka

/// The embedded broker, as ``ChaosBroker``.
struct FaultyEmbeddedBroker: ChaosBroker {
    private let broker: EmbeddedBroker

    init(topics: TopicNames, partitions: Int) throws {
        broker = try EmbeddedBroker(topics: topics.all.map { (name: $0, partitions: partitions) })
    }

    var address: String { broker.bootstrapServers }

    func setUp(_ isUp: Bool) { broker.setBroker(isUp: isUp) }

    func fail(_ request: RequestKind, codes: [Int16]) {
        broker.fail(apiKey: request.rawValue, with: codes.map { Int32($0) })
    }

    func setRoundTrip(milliseconds: Int) { broker.setRoundTripTime(.milliseconds(milliseconds)) }

    func stop() {}
}
