import Crypto

/// A job's id in sixteen bytes, so that a set of a million takes little. Ids of the derived form stand for themselves;
/// of others it is the beginning of their SHA-256.
package struct JobKey: Hashable, Sendable {
    private let value: UInt128

    package init(_ id: String) {
        value = Self.derivedValue(id) ?? Self.digest(id)
    }

    private static func derivedValue(_ id: String) -> UInt128? {
        guard id.utf8.count == 32 else { return nil }
        var value: UInt128 = 0
        for byte in id.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt128(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt128(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }

    private static func digest(_ id: String) -> UInt128 {
        SHA256.hash(data: Array(id.utf8)).prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }
}
