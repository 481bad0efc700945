import ArgumentParser
import Kafka

/// All that one source says.
package struct SettingLayer: Sendable {
    package let source: SettingSource
    package private(set) var values: [SettingKey: SettingValue] = [:]
    /// librdkafka's properties by their names; `kafka.` and the name as settings.
    package private(set) var kafka: [String: SettingValue] = [:]

    package static let kafkaPrefix = "kafka."

    package init(_ source: SettingSource) {
        self.source = source
    }

    package mutating func set(_ key: SettingKey, _ value: SettingValue) {
        values[key] = value
    }

    /// The same with what another of the same source says, which goes first.
    package func overridden(by other: SettingLayer) -> SettingLayer {
        var result = self
        result.values.merge(other.values) { $1 }
        result.kafka.merge(other.kafka) { $1 }
        return result
    }

    /// Sets what a flag gives; nothing where it was not given.
    package mutating func set(_ key: SettingKey, _ value: (some CustomStringConvertible)?, flag: String) {
        guard let value else { return }
        values[key] = SettingValue(content: .text(value.description), origin: flag)
    }

    /// Sets what a flag that can be repeated gives; nothing where it was not given.
    package mutating func set(_ key: SettingKey, _ texts: [String], flag: String) {
        if !texts.isEmpty { values[key] = SettingValue(content: .list(texts), origin: flag) }
    }

    /// Sets a property of librdkafka.
    /// - Throws: `ValidationError` for a name that librdkafka does not know.
    package mutating func set(kafka property: String, _ value: SettingValue) throws {
        guard KafkaConfiguration.isValidPropertyName(property) else {
            let nearest = KafkaConfiguration.nearestPropertyName(to: property)
            throw ValidationError(
                "\(value.origin): librdkafka has no property '\(property)'"
                    + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
        }
        guard case .text = value.content else {
            throw ValidationError("\(value.origin): '\(property)' takes one value, not a list")
        }
        kafka[property] = value
    }

    /// Sets something by the name that the configuration file has for it.
    /// - Throws: `ValidationError` for a name that does not exist.
    package mutating func set(_ name: String, _ value: SettingValue) throws {
        if let key = SettingKey(rawValue: name) { return set(key, value) }
        guard name.hasPrefix(Self.kafkaPrefix) else {
            let nearest = name.nearest(among: SettingKey.allCases.map(\.rawValue))
            throw ValidationError(
                "\(value.origin): there is no setting '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
        }
        try set(kafka: String(name.dropFirst(Self.kafkaPrefix.count)), value)
    }
}
