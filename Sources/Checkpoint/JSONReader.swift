/// A strict pull parser for JSON (RFC 8259) that comes from outside.
///
/// Strings must be valid UTF-8, an object must not repeat a key, nesting is limited and nothing but white space may
/// follow the value. Memory grows with what the caller keeps: skipped values cost nothing.
struct JSONReader {
    /// Deeper nesting than this is refused; real configurations and headers have three levels.
    static let maximumDepth = 64

    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    private var depth = 0

    /// - Parameter bytes: The text; must stay valid while the reader is used.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Reads an object, calling `member` with each key; it must read or skip exactly the value.
    mutating func readObject(
        _ member: (_ key: String, _ reader: inout JSONReader) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        var keys: Set<String> = []
        try readSequence(opening: "{", closing: "}") { (reader) throws(JSONSyntaxError) in
            let start = reader.offset
            let key = try reader.readString()
            guard keys.insert(key).inserted else {
                throw JSONSyntaxError(offset: start, reason: "the key \"\(key)\" occurs twice")
            }
            reader.skipWhitespace()
            try reader.expect(":")
            try member(key, &reader)
        }
    }

    /// Reads an array, calling `element` for each element; it must read or skip exactly one value.
    mutating func readArray(
        _ element: (_ reader: inout JSONReader) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        try readSequence(opening: "[", closing: "]", element)
    }

    /// Reads a whole number that fits `Int` and is written without fraction or exponent.
    mutating func readInteger() throws(JSONSyntaxError) -> Int {
        skipWhitespace()
        guard case .integer(let value) = try readNumber() else { throw failure("expected a whole number") }
        return value
    }

    /// Reads any value into memory.
    mutating func readValue() throws(JSONSyntaxError) -> JSONValue {
        skipWhitespace()
        switch peek {
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try readObject { (key, reader) throws(JSONSyntaxError) in members[key] = try reader.readValue() }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try readArray { (reader) throws(JSONSyntaxError) in elements.append(try reader.readValue()) }
            return .array(elements)
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readLiteral("true", as: .boolean(true))
        case UInt8(ascii: "f"): return try readLiteral("false", as: .boolean(false))
        case UInt8(ascii: "n"): return try readLiteral("null", as: .null)
        default: return try readNumber()
        }
    }

    /// Reads past one value, checking its syntax.
    mutating func skipValue() throws(JSONSyntaxError) {
        skipWhitespace()
        switch peek {
        case UInt8(ascii: "{"): try readObject { (_, reader) throws(JSONSyntaxError) in try reader.skipValue() }
        case UInt8(ascii: "["): try readArray { (reader) throws(JSONSyntaxError) in try reader.skipValue() }
        default: _ = try readValue()
        }
    }

    /// Checks that nothing but white space is left.
    mutating func finish() throws(JSONSyntaxError) {
        skipWhitespace()
        guard offset == bytes.count else { throw failure("expected the end of the text") }
    }

    /// Reads a string, decoding its escapes.
    mutating func readString() throws(JSONSyntaxError) -> String {
        skipWhitespace()
        try expect("\"")
        var decoded: [UInt8] = []
        var runStart = offset
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                decoded.append(contentsOf: bytes[runStart..<offset])
                guard let string = String(validating: decoded, as: UTF8.self) else {
                    throw failure("the string that ends here is not UTF-8")
                }
                offset += 1
                return string
            case UInt8(ascii: "\\"):
                decoded.append(contentsOf: bytes[runStart..<offset])
                offset += 1
                decoded.append(contentsOf: String(try readEscape()).utf8)
                runStart = offset
            case 0..<0x20:
                throw failure("a control character inside a string")
            default:
                offset += 1
            }
        }
        throw failure("the string does not end")
    }
}

extension JSONReader {
    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// An error about the place just read.
    func failure(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(offset: offset, reason: reason) }

    private mutating func skipWhitespace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(JSONSyntaxError) {
        guard peek == UInt8(ascii: character) else { throw failure("expected '\(character)'") }
        offset += 1
    }

    private mutating func readSequence(
        opening: Unicode.Scalar, closing: Unicode.Scalar,
        _ element: (_ reader: inout JSONReader) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        skipWhitespace()
        try expect(opening)
        depth += 1
        guard depth <= Self.maximumDepth else { throw failure("more than \(Self.maximumDepth) levels of nesting") }
        skipWhitespace()
        if peek == UInt8(ascii: closing) {
            offset += 1
        } else {
            while true {
                try element(&self)
                skipWhitespace()
                if peek == UInt8(ascii: ",") {
                    offset += 1
                } else {
                    try expect(closing)
                    break
                }
            }
        }
        depth -= 1
    }

    private mutating func readLiteral(_ text: StaticString, as value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let end = offset + text.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard end <= bytes.count, bytes[offset..<end].elementsEqual(expected) else { throw failure("expected \(text)") }
        offset = end
        return value
    }

    /// `-? (0 | [1-9][0-9]*) ('.' [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func readNumber() throws(JSONSyntaxError) -> JSONValue {
        let start = offset
        var isWhole = true
        if peek == UInt8(ascii: "-") { offset += 1 }
        if peek == UInt8(ascii: "0") { offset += 1 } else { try skipDigits() }
        if peek == UInt8(ascii: ".") {
            isWhole = false
            offset += 1
            try skipDigits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isWhole = false
            offset += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
            try skipDigits()
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isWhole, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw JSONSyntaxError(offset: start, reason: "a number out of range")
        }
        return .double(value)
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        let start = offset
        while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { offset += 1 }
        guard offset > start else { throw failure("expected a value") }
    }

    private mutating func readEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard let byte = peek else { throw failure("the string does not end") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try readUnicodeEscape()
        default: throw failure("an unknown escape")
        }
    }

    private mutating func readUnicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try readHexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // A surrogate: only the first half of a pair may come first.
        guard 0xD800...0xDBFF ~= first else { throw failure("half of a surrogate pair") }
        try expect("\\")
        try expect("u")
        let second = try readHexadecimal()
        guard
            0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure("half of a surrogate pair") }
        return scalar
    }

    private mutating func readHexadecimal() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("expected a hexadecimal digit")
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }
}
