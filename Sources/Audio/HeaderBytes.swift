/// The beginning of a file or chunk, read field by field. Every access is checked: a field past the end is `nil`.
struct HeaderBytes {
    /// How a number's bytes are laid out.
    enum Order {
        case big
        case little
    }

    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether these bytes stand at an offset.
    func has(_ pattern: [UInt8], at offset: Int = 0) -> Bool {
        bytes.dropFirst(offset).starts(with: pattern)
    }

    /// Whether this text stands at an offset.
    func has(_ text: String, at offset: Int = 0) -> Bool {
        bytes.dropFirst(offset).starts(with: text.utf8)
    }

    /// Four characters, as chunk names are written.
    func name(at offset: Int) -> String? {
        guard offset + 4 <= bytes.count else { return nil }
        return String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
    }

    /// An unsigned number.
    func integer<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type, at offset: Int, _ order: Order
    ) -> Number? {
        let size = MemoryLayout<Number>.size
        guard offset >= 0, offset + size <= bytes.count else { return nil }
        let field = bytes[offset..<offset + size]
        switch order {
        case .big: return field.reduce(0) { $0 << 8 | Number($1) }
        case .little: return field.reversed().reduce(0) { $0 << 8 | Number($1) }
        }
    }
}
