/// Writes a JSON object on one line, its fields in the order they come: many times as fast as an encoder that has to
/// find out what it is given.
struct JSONText {
    private var bytes: [UInt8] = []
    /// Whether the next field is the first of its object.
    private var isFirst = true

    init() {
        bytes.reserveCapacity(1024)
        bytes.append(UInt8(ascii: "{"))
    }

    /// The object.
    var text: String { String(decoding: bytes, as: UTF8.self) + "}" }

    mutating func add(_ name: String, _ value: String?) {
        addName(name)
        if let value { append(value) } else { appendNull() }
    }

    mutating func add<Value: BinaryInteger>(_ name: String, _ value: Value?) {
        addName(name)
        if let value { bytes += String(value).utf8 } else { appendNull() }
    }

    mutating func add(_ name: String, _ flag: Bool) {
        addName(name)
        bytes += (flag ? "true" : "false").utf8
    }

    mutating func addNull(_ name: String) {
        addName(name)
        appendNull()
    }

    /// What JSON has no number for is null.
    mutating func add<Value: BinaryFloatingPoint & CustomStringConvertible>(_ name: String, _ value: Value?) {
        addName(name)
        if let value, value.isFinite { bytes += value.description.utf8 } else { appendNull() }
    }

    mutating func add(_ name: String, _ values: [Int32]) {
        addName(name)
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += String(value).utf8
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func add(_ name: String, numbers values: [Double]) {
        addName(name)
        bytes += "[\(values.map { $0.isFinite ? $0.description : "null" }.joined(separator: ","))]".utf8
    }

    mutating func add(_ name: String, _ values: [String]) {
        addName(name)
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Adds what is JSON already.
    mutating func add(_ name: String, json: some Sequence<UInt8>) {
        addName(name)
        bytes += json
    }

    /// An object in this one.
    mutating func add(_ name: String, _ fields: (inout JSONText) -> Void) {
        addName(name)
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
        fields(&self)
        isFirst = false
        bytes.append(UInt8(ascii: "}"))
    }

    /// An array of objects.
    mutating func add<Element>(
        _ name: String, _ elements: [Element], _ fields: (Element, inout JSONText) -> Void
    ) {
        addName(name)
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "{"))
            isFirst = true
            fields(element, &self)
            bytes.append(UInt8(ascii: "}"))
        }
        isFirst = false
        bytes.append(UInt8(ascii: "]"))
    }

    /// A map, by the order of its keys.
    mutating func add(_ name: String, _ map: [String: String]) {
        add(name) { object in
            for (key, value) in map.sorted(by: { $0.key < $1.key }) { object.add(key, value) }
        }
    }

    private mutating func addName(_ name: String) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        append(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func appendNull() {
        bytes += "null".utf8
    }

    /// RFC 8259, section 7: quotation marks, backslashes and control characters are escaped.
    private mutating func append(_ string: String) {
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        bytes += string.utf8
        if bytes[start...].contains(where: Self.isEscaped) {
            let raw = bytes[start...]
            bytes.removeSubrange(start...)
            for byte in raw { appendEscaped(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\r"): bytes += "\\r".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        case 0..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
        default: bytes.append(byte)
        }
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}
