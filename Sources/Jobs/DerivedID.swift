import Crypto

/// Ids derived from what they name, so that asking for the same thing twice gives the same id.
///
/// An id is the first 128 bits, in lower-case hex, of a SHA-256 over text built so that no two inputs give the same
/// bytes: a heading and a line feed, then for each item `NAME:COUNT:VALUE` and a line feed, where COUNT is the number of
/// the value's UTF-8 bytes in decimal. Numbers without fraction are written in decimal, others as the sixteen
/// lower-case hex digits of their IEEE 754 binary64 bits, so that nobody has to agree on how to print 0.1.
struct DerivedID {
    private var hash = SHA256()

    init(heading: String) {
        update(heading + "\n")
    }

    mutating func add(_ name: String, _ value: String) {
        update("\(name):\(value.utf8.count):\(value)\n")
    }

    mutating func add(_ name: String, _ value: UInt32) {
        add(name, String(value))
    }

    mutating func add(_ name: String, _ value: Double) {
        let digits = String(value.bitPattern, radix: 16)
        add(name, String(repeating: "0", count: 16 - digits.count) + digits)
    }

    consuming func finalize() -> String {
        hash.finalize().prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private mutating func update(_ text: String) {
        hash.update(data: Array(text.utf8))
    }
}
