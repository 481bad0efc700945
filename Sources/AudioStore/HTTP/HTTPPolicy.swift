/// Which servers may be asked for audio by `http:` and `https:` URIs: jobs are written by whoever may write to the topic.
public struct HTTPPolicy: Sendable, Hashable {
    /// Names of hosts, or `*.` and the end of names, or `*` for any.
    public var hosts: [String]
    /// Whether addresses may be asked that only this machine or its network can reach.
    public var allowsPrivateAddresses: Bool

    /// Creates a policy.
    public init(hosts: [String], allowsPrivateAddresses: Bool = false) {
        self.hosts = hosts
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }

    func allows(host: String) -> Bool {
        let host = host.lowercased()
        return hosts.contains { pattern in
            let pattern = pattern.lowercased()
            if pattern == "*" || pattern == host { return true }
            return pattern.hasPrefix("*.") && host.hasSuffix(pattern.dropFirst()) && host.count > pattern.count - 1
        }
    }
}
