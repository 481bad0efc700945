import GRPCNIOTransportHTTP2

/// Where a gateway listens.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    enum Address: Sendable, Hashable {
        case name(host: String, port: Int)
        case ipv4(host: String, port: Int)
        case ipv6(host: String, port: Int)
        case unix(path: String)
    }

    let address: Address

    private static let form =
        "expected HOST:PORT, [IPV6]:PORT, dns:///HOST:PORT or unix:PATH, such as gateway.internal:8443"

    /// Reads an endpoint: `HOST:PORT`, `[IPV6]:PORT`, `dns:///HOST:PORT`, `unix:PATH` or `unix:///PATH`. A name may stand
    /// for several gateways: the first that answers is taken, and another one when it goes away.
    /// - Throws: ``DragomanError`` (configuration) for what is none of these.
    public init(_ text: String) throws(DragomanError) {
        guard let address = Self.address(text) else {
            throw DragomanError(.configuration, "'\(text)' is not a gateway's address: \(Self.form)")
        }
        self.address = address
    }

    /// As it can be written.
    public var description: String {
        switch address {
        case .name(let host, let port), .ipv4(let host, let port): "\(host):\(port)"
        case .ipv6(let host, let port): "[\(host)]:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    var target: any ResolvableTarget {
        switch address {
        case .name(let host, let port): .dns(host: host, port: port)
        // Not as names: a certificate names an address otherwise, and TLS sends no address for a server's name.
        case .ipv4(let host, let port): .ipv4(address: host, port: port)
        case .ipv6(let host, let port): .ipv6(address: host, port: port)
        case .unix(let path): .unixDomainSocket(path: path, authority: "localhost")
        }
    }

    private static func address(_ text: String) -> Address? {
        if let path = text.dropping(prefix: "unix:") {
            let path = path.dropping(prefix: "//") ?? path
            return path.isEmpty ? nil : .unix(path: String(path))
        }
        // An authority between the slashes would be a name server to ask, which nobody here can.
        let rest = text.dropping(prefix: "dns:///") ?? text.dropping(prefix: "dns:") ?? text[...]
        guard let colon = rest.lastIndex(of: ":"), let port = UInt16(rest[rest.index(after: colon)...]), port > 0 else {
            return nil
        }
        let host = rest[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = host.dropFirst().dropLast()
            guard inner.contains(":"), inner.utf8.allSatisfy(isOfIPv6) else { return nil }
            return .ipv6(host: String(inner), port: Int(port))
        }
        guard !host.isEmpty, host.utf8.allSatisfy(isOfHostName) else { return nil }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return isAddress ? .ipv4(host: String(host), port: Int(port)) : .name(host: String(host), port: Int(port))
    }

    private static func isOfHostName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// With the zone of a link-local address.
    private static func isOfIPv6(_ byte: UInt8) -> Bool {
        isOfHostName(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%")
    }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate func dropping(prefix: String) -> Substring? {
        hasPrefix(prefix) ? self[index(startIndex, offsetBy: prefix.count)...] : nil
    }
}
