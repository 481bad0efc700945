import ArgumentParser
import Kafka

extension SettingLayer {
    /// Names the file of settings, where `--config` does not.
    package static let fileVariable = SettingKey.variablePrefix + "CONFIG"

    private static let kafkaVariablePrefix = SettingKey.variablePrefix + "KAFKA_"

    /// Reads the variables that begin with `DRAGOMAN_`; an empty one sets nothing.
    /// - Throws: `ValidationError` for one that sets something that does not exist.
    package init(environment: [String: String]) throws {
        self.init(.environment)
        let keys = Dictionary(uniqueKeysWithValues: SettingKey.allCases.map { ($0.variable, $0) })
        for (variable, text) in environment.sorted(by: { $0.key < $1.key })
        where variable.hasPrefix(SettingKey.variablePrefix) && !text.isEmpty {
            if let key = keys[variable] {
                let content: SettingValue.Content = key.isList ? .list(text.commaSeparated) : .text(text)
                set(key, SettingValue(content: content, origin: variable))
            } else if Self.isNoSetting(variable) {
                continue
            } else if variable.hasPrefix(Self.kafkaVariablePrefix) {
                let property = variable.dropFirst(Self.kafkaVariablePrefix.count).lowercased()
                    .replacing("_", with: ".")
                try set(kafka: property, SettingValue(content: .text(text), origin: variable))
            } else {
                let nearest = variable.nearest(among: keys.keys)
                throw ValidationError(
                    "environment variable \(variable) sets nothing that exists"
                        + (nearest.map { "; did you mean \($0)?" } ?? ""))
            }
        }
    }

    /// Variables of ours that are no settings, and those that Kubernetes makes for every service whose name begins with
    /// ours (`DRAGOMAN_PORT_9090_TCP_ADDR` and so on).
    private static func isNoSetting(_ variable: String) -> Bool {
        let name = variable.dropFirst(SettingKey.variablePrefix.count)
        if variable == fileVariable || name.hasPrefix("TEST_") || name.hasPrefix("BENCHMARK_") { return true }
        if ["CPU", "BUILD_PATH", "TOOLS_PATH", "UPDATE_SNAPSHOTS"].contains(name) { return true }
        return name.wholeMatch(of: /(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\d+_(TCP|UDP|SCTP)(_.+)?)?)/) != nil
    }
}

extension String {
    fileprivate var commaSeparated: [String] {
        split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
