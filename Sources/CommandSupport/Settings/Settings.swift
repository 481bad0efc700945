import ArgumentParser
import Foundation

/// What flags, environment and configuration file say, the strongest first.
package struct Settings: Sendable {
    package let layers: [SettingLayer]

    /// - Parameter file: a YAML file; `nil` takes the one that the environment names, if any.
    /// - Throws: `ValidationError` when the file can't be read, and for whatever sets something that does not exist.
    package init(file: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        var layers = [try SettingLayer(environment: environment)]
        let named = environment[SettingLayer.fileVariable].flatMap { $0.isEmpty ? nil : $0 }
        if let file = file ?? named { layers.append(try SettingLayer(yamlFile: file)) }
        self.layers = layers
    }

    private init(layers: [SettingLayer]) {
        self.layers = layers
    }

    /// The same with flags that go before everything.
    package func overridden(by flags: SettingLayer) -> Settings {
        guard let first = layers.first, first.source == .flag else { return Settings(layers: [flags] + layers) }
        return Settings(layers: [first.overridden(by: flags)] + layers.dropFirst())
    }

    /// What the strongest source says, and who that is.
    package func value(_ key: SettingKey) -> (value: SettingValue, source: SettingSource)? {
        for layer in layers {
            if let value = layer.values[key] { return (value, layer.source) }
        }
        return nil
    }

    package func string(_ key: SettingKey) throws -> String? {
        guard let value = value(key)?.value else { return nil }
        guard case .text(let text) = value.content else { throw mismatch(key, value, "one value, not a list") }
        return text
    }

    package func strings(_ key: SettingKey) throws -> [String]? {
        switch value(key)?.value.content {
        case .list(let texts): texts
        case .text(let text): [text]
        case nil: nil
        }
    }

    package func int(_ key: SettingKey) throws -> Int? {
        guard let text = try string(key), let value = value(key)?.value else { return nil }
        guard let number = Int(text) else { throw mismatch(key, value, "a whole number, not '\(text)'") }
        return number
    }

    package func double(_ key: SettingKey) throws -> Double? {
        guard let text = try string(key), let value = value(key)?.value else { return nil }
        guard let number = Double(text), number.isFinite else { throw mismatch(key, value, "a number, not '\(text)'") }
        return number
    }

    package func bool(_ key: SettingKey) throws -> Bool? {
        guard let text = try string(key), let value = value(key)?.value else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default: throw mismatch(key, value, "true or false, not '\(text)'")
        }
    }

    private func mismatch(_ key: SettingKey, _ value: SettingValue, _ expected: String) -> ValidationError {
        ValidationError("\(value.origin): \(key.rawValue): expected \(expected)")
    }
}
