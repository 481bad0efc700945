extension KafkaConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Brokers and properties, secrets masked.
    public var description: String {
        let shown = properties.keys.sorted().map { " \($0)=\(masked($0))" }
        return "bootstrap.servers=\(bootstrapServers)" + shown.joined()
    }

    /// Brokers and properties, secrets masked.
    public var debugDescription: String { description }

    /// Brokers and properties, secrets masked: `dump` and test failures print what a mirror shows.
    public var customMirror: Mirror {
        let shown = properties.keys.sorted().map { (label: Optional($0), value: masked($0) as Any) }
        return Mirror(self, children: [(label: "bootstrap.servers", value: bootstrapServers as Any)] + shown)
    }

    /// Whether a property's value must not be shown.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["password", "secret", "token", "oauthbearer.config", "pem", "ssl.key", "jaas"].contains {
            name.contains($0)
        }
    }

    private func masked(_ name: String) -> String {
        Self.isSecret(name) ? "***" : properties[name] ?? ""
    }
}
