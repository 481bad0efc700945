import ArgumentParser
import Configuration
import Foundation
import SystemPackage

/// What environment and configuration file say. Commands ask here for what their flags leave open.
struct Settings: Sendable {
    private let providers: [any ConfigProvider]

    /// - Parameter file: a YAML file; `nil` for the environment alone.
    /// - Throws: `ValidationError` when the file can't be read.
    init(file: String?, environment: [String: String] = ProcessInfo.processInfo.environment) async throws {
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)
        var providers: [any ConfigProvider] = [variables.prefixKeys(with: "dragoman")]
        if let file {
            do {
                providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)))
            } catch {
                throw ValidationError("can't read the configuration file '\(file)': \(error)")
            }
        }
        self.providers = providers
    }

    func string(_ key: SettingKey) throws -> String? {
        guard case .string(let text)? = try content(key, .string) else { return nil }
        return text
    }

    func strings(_ key: SettingKey) throws -> [String]? {
        guard case .stringArray(let texts)? = try content(key, .stringArray) else { return nil }
        return texts
    }

    func int(_ key: SettingKey) throws -> Int? {
        guard case .int(let number)? = try content(key, .int) else { return nil }
        return number
    }

    /// What the first provider that has the key says; always of the type asked for.
    private func content(_ key: SettingKey, _ type: ConfigType) throws -> ConfigContent? {
        let configKey = AbsoluteConfigKey(key.rawValue.split(separator: ".").map(String.init))
        for provider in providers {
            do {
                if let value = try provider.value(forKey: configKey, type: type).value { return value.content }
            } catch {
                throw ValidationError("the setting '\(key.rawValue)' can't be read as \(type.rawValue): \(error)")
            }
        }
        return nil
    }
}
