/// The checksum of zip and Ethernet: finds every change within 32 bits in a row.
package enum CRC32 {
    private static let table = (0..<256 as Range<UInt32>).map { index in
        (0..<8).reduce(index) { sum, _ in sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0xEDB8_8320 }
    }

    package static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in sum >> 8 ^ table[Int(sum & 0xFF ^ UInt32(byte))] }
    }
}
