import Testing

@testable import Ledger

@Suite struct Base64URLTests {
    /// The examples of RFC 4648, section 10, and the two letters that differ.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"), ("~~~???", "fn5-Pz8_"),
    ])
    func examples(bytes: String, text: String) {
        #expect(Base64URL.encode(Array(bytes.utf8)) == text)
        #expect(Base64URL.decode(text.utf8) == Array(bytes.utf8))
        #expect(Base64URL.length(of: bytes.utf8.count) == text.utf8.count)
    }

    /// A letter too many, bits left over, padding, the other alphabet.
    @Test(arguments: ["A", "Zh", "Zm9", "Zg==", "fn5+Pz8/", "Zm 9v", "Zm9vé"])
    func refused(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }
}
