import Testing

@testable import Ledger

@Suite struct CRC32Tests {
    /// The check value that the catalogues of checksums give.
    @Test func checkValue() {
        #expect(CRC32.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.checksum(of: []) == 0)
    }
}
