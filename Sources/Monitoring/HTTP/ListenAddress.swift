/// Where to listen: a numeric address and a port.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// An IPv4 or IPv6 address.
    public let host: String
    /// 0 has the system choose one.
    public let port: Int

    /// Reads `0.0.0.0:9464`, `[::]:9464` or `localhost:9464`.
    /// - Returns: `nil` for anything else.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        self.host = host == "localhost" ? "127.0.0.1" : String(host)
        self.port = port
        guard !host.isEmpty, self.host.allSatisfy({ $0.isHexDigit || $0 == "." || $0 == ":" }) else { return nil }
    }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }

    /// As it is read.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
