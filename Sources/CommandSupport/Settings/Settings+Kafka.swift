import ArgumentParser
import Kafka

extension Settings {
    package static let serversProperty = "bootstrap.servers"
    private static let serversAlias = "metadata.broker.list"

    /// librdkafka's properties in force. From each source a property of its own goes before one in a file of properties,
    /// and `brokers` before both. Of several files of properties the strongest source's counts.
    package func kafkaProperties() throws -> [String: (value: SettingValue, source: SettingSource)] {
        var properties: [String: (value: SettingValue, source: SettingSource)] = [:]
        func set(_ name: String, _ value: SettingValue, _ source: SettingSource) {
            let name = name == Self.serversAlias ? Self.serversProperty : name
            // A stronger source that gives a value overrides one that names a file for it, and the other way round.
            let other = name.hasSuffix(".file") ? String(name.dropLast(".file".count)) : name + ".file"
            if properties[other]?.source != source { properties[other] = nil }
            properties[name] = (value, source)
        }
        let fileSource = value(.kafkaConfig)?.source
        for layer in layers.reversed() {
            if layer.source == fileSource, let path = try string(.kafkaConfig) {
                for (name, text) in try KafkaConfiguration.properties(fromFile: path).sorted(by: { $0.key < $1.key }) {
                    set(name, SettingValue(content: .text(text), origin: path), layer.source)
                }
            }
            for (name, value) in layer.kafka.sorted(by: { $0.key < $1.key }) { set(name, value, layer.source) }
            if let value = layer.values[.brokers] { set(Self.serversProperty, value, layer.source) }
        }
        return properties
    }

    /// - Throws: `ValidationError` when nothing says where the brokers are.
    package func kafkaConfiguration() throws -> KafkaConfiguration {
        let properties = try kafkaProperties().mapValues(\.value.text)
        guard let servers = properties[Self.serversProperty], !servers.isEmpty else {
            throw ValidationError(
                "no brokers: give --brokers HOST:PORT, or --kafka-config FILE with \(Self.serversProperty)")
        }
        return KafkaConfiguration(bootstrapServers: servers, properties: properties)
    }
}
