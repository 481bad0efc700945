extension KafkaConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Brokers and properties, secrets masked.
    public var description: String {
        "bootstrap.servers=\(bootstrapServers)" + shownProperties().map { " \($0.name)=\($0.value)" }.joined()
    }

    /// Brokers and properties, secrets masked.
    public var debugDescription: String { description }

    /// Brokers and properties, secrets masked: `dump` and test failures print what a mirror shows.
    public var customMirror: Mirror {
        let shown = shownProperties().map { (label: Optional($0.name), value: $0.value as Any) }
        return Mirror(self, children: [(label: "bootstrap.servers", value: bootstrapServers as Any)] + shown)
    }

    /// The properties by name, as they may be shown: secrets are `***`, the paths of files with secrets are not.
    public func shownProperties() -> [(name: String, value: String)] {
        properties.sorted { $0.key < $1.key }.map { ($0.key, Self.isSecret($0.key) ? "***" : $0.value) }
    }

    /// Whether a property's value must not be shown.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        if name.hasSuffix(fileSuffix) { return false }
        return ["password", "secret", "token", "oauthbearer.config", "pem", "ssl.key", "jaas"].contains {
            name.contains($0)
        }
    }
}
