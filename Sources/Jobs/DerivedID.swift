import Crypto

/// Ids derived from what they name, so that asking for the same thing twice gives the same id.
///
/// An id is the first 128 bits, in lower-case hex, of a SHA-256 over text built so that no two inputs give the same
/// bytes: a heading and a line feed, then for each item `NAME:COUNT:VALUE` and a line feed, where COUNT is the number of
/// the value's UTF-8 bytes in decimal. Numbers without fraction are written in decimal, others as the sixteen
/// lower-case hex digits of their IEEE 754 binary64 bits, so that nobody has to agree on how to print 0.1.
struct DerivedID {
    private var hash = SHA256()
    /// What is not hashed yet: one call for many items takes a fraction of the time.
    private var text: [UInt8] = []

    private static let bufferSize = 4096
    private static let hexDigits = Array("0123456789abcdef".utf8)

    init(heading: String) {
        text += heading.utf8
        text.append(UInt8(ascii: "\n"))
    }

    mutating func add(_ name: String, _ value: String) {
        text += name.utf8
        text.append(UInt8(ascii: ":"))
        text += String(value.utf8.count).utf8
        text.append(UInt8(ascii: ":"))
        text += value.utf8
        text.append(UInt8(ascii: "\n"))
        if text.count >= Self.bufferSize { flush() }
    }

    mutating func add(_ name: String, _ value: UInt32) {
        add(name, String(value))
    }

    mutating func add(_ name: String, _ value: Double) {
        let digits = String(value.bitPattern, radix: 16)
        add(name, String(repeating: "0", count: 16 - digits.count) + digits)
    }

    consuming func finalize() -> String {
        flush()
        let digits = hash.finalize().prefix(16).flatMap { byte in
            [Self.hexDigits[Int(byte >> 4)], Self.hexDigits[Int(byte & 15)]]
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private mutating func flush() {
        hash.update(data: text)
        text.removeAll(keepingCapacity: true)
    }
}
