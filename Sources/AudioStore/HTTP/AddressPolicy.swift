#if canImport(Glibc)
import Glibc
#endif

/// Which addresses may be connected with. Names can be made to stand for any address, so it is the address itself that is
/// looked at, when the socket is opened.
struct AddressPolicy: Sendable {
    /// Whether those may be asked that only this machine or its network can reach. Those of the link never are: clouds
    /// give their machines' keys away there.
    let allowsPrivate: Bool

    /// Whether a socket address may be connected with.
    func allows(_ address: UnsafePointer<sockaddr>) -> Bool {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                allows(UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
            }
        case AF_INET6:
            return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin6_addr) { allows(Array($0)) }
            }
        default:
            return false
        }
    }

    /// The link, multicast, and nothing at all.
    private static let forbiddenNetworks: [(network: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8), (0xA9FE_0000, 16), (0xE000_0000, 4), (0xF000_0000, 4),
    ]

    /// Networks that are not of the public internet (IANA's registry of special-purpose addresses), and multicast.
    private static let privateNetworks: [(network: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16), (0xAC10_0000, 12),
        (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16), (0xC612_0000, 15),
        (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
    ]

    func allows(_ address: UInt32) -> Bool {
        let networks = allowsPrivate ? Self.forbiddenNetworks : Self.privateNetworks
        return !networks.contains { address >> (32 - $0.bits) == $0.network >> (32 - $0.bits) }
    }

    /// - Parameter address: sixteen bytes.
    func allows(_ address: [UInt8]) -> Bool {
        let version4 = { (start: Int) in address[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }
        let words = stride(from: 0, to: 16, by: 2).map { UInt16(address[$0]) << 8 | UInt16(address[$0 + 1]) }
        // Version 4 in version 6: mapped, translated (RFC 6052, 8215), 6to4.
        if words.prefix(5).allSatisfy({ $0 == 0 }), words[5] == 0xFFFF { return allows(version4(12)) }
        if words[0] == 0x64, words[1] == 0xFF9B { return words[2] == 0 && allows(version4(12)) }
        if words[0] == 0x2002 { return allows(version4(2)) }
        if allowsPrivate {
            // The loopback address, and unique local ones.
            if words == [0, 0, 0, 0, 0, 0, 0, 1] || words[0] & 0xFE00 == 0xFC00 { return true }
        }
        // The global unicast range, less documentation, benchmarking, Teredo and ORCHID.
        guard words[0] & 0xE000 == 0x2000 else { return false }
        let isSpecial = words[0] == 0x2001 && (words[1] < 0x0200 || words[1] == 0x0DB8) || words[0] == 0x3FFF
        return !isSpecial
    }
}
