import Crypto
import Foundation

/// Writes a token: a version, what it is for, numbers in seven bits a byte, and a check; base64url.
///
/// Tokens are no secrets and prove nothing: the check tells a token that was cut or typed wrong from one that was given.
struct TokenWriter {
    /// What a token is for.
    enum Purpose: UInt8 {
        case page = 1
        case watch = 2
    }

    static let version: UInt8 = 1
    static let checkLength = 6

    private var bytes: [UInt8]

    /// - Parameter request: what the token belongs to: it is refused with another request.
    init(_ purpose: Purpose, request: [UInt8]) {
        bytes = [Self.version, purpose.rawValue] + Self.digest(request)
    }

    mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    consuming func finish() -> String {
        Data(bytes + Self.digest(bytes)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func digest(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes).prefix(checkLength)) }
}
