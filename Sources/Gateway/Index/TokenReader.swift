import Foundation

/// Reads what ``TokenWriter`` wrote.
struct TokenReader {
    private var rest: ArraySlice<UInt8>

    /// - Returns: `nil` for what is no such token, or for another request.
    init?(_ token: String, _ purpose: TokenWriter.Purpose, request: [UInt8]) {
        // Some bytes for each partition of each topic.
        guard token.utf8.count <= 4_000_000 else { return nil }
        let padding = String(repeating: "=", count: (4 - token.utf8.count % 4) % 4)
        let base64 = token.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let data = Data(base64Encoded: base64) else { return nil }
        let bytes = Array(data)
        let head = [TokenWriter.version, purpose.rawValue] + TokenWriter.digest(request)
        guard bytes.count >= head.count + TokenWriter.checkLength, bytes.starts(with: head) else { return nil }
        let body = Array(bytes.dropLast(TokenWriter.checkLength))
        guard TokenWriter.digest(body) == bytes.suffix(TokenWriter.checkLength) else { return nil }
        rest = body.dropFirst(head.count)
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next number.
    mutating func next() -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            guard shift < 63 || byte <= 1 else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
        }
        return nil
    }
}
