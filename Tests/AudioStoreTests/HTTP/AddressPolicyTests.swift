import Testing

@testable import AudioStore

#if canImport(Glibc)
import Glibc
#endif

@Suite struct AddressPolicyTests {
    private func allows(_ text: String, _ policy: AddressPolicy) -> Bool {
        var version4 = in_addr()
        if inet_pton(AF_INET, text, &version4) == 1 { return policy.allows(UInt32(bigEndian: version4.s_addr)) }
        var version6 = in6_addr()
        guard inet_pton(AF_INET6, text, &version6) == 1 else { return false }
        return policy.allows(withUnsafeBytes(of: version6) { Array($0) })
    }

    @Test(arguments: [
        "8.8.8.8", "93.184.216.34", "172.32.0.1", "172.15.255.255", "100.128.0.1", "2001:4860:4860::8888",
        "2606:2800:220:1::", "64:ff9b::8.8.8.8", "2002:808:808::1",
    ])
    func publicAddresses(address: String) {
        #expect(allows(address, AddressPolicy(allowsPrivate: false)))
        #expect(allows(address, AddressPolicy(allowsPrivate: true)))
    }

    @Test(arguments: [
        "10.1.2.3", "127.0.0.1", "127.255.255.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "::1",
        "fd00::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::1",
    ])
    func privateAddresses(address: String) {
        #expect(!allows(address, AddressPolicy(allowsPrivate: false)))
        #expect(allows(address, AddressPolicy(allowsPrivate: true)))
    }

    @Test(arguments: [
        "0.0.0.0", "169.254.169.254", "224.0.0.1", "255.255.255.255", "::", "fe80::1", "ff02::1", "fec0::1",
        "::ffff:169.254.169.254", "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::1", "::127.0.0.1",
    ])
    func neverAllowed(address: String) {
        #expect(!allows(address, AddressPolicy(allowsPrivate: false)))
        #expect(!allows(address, AddressPolicy(allowsPrivate: true)))
    }
}
