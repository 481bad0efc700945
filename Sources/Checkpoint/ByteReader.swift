/// A cursor over little-endian binary data that comes from outside: reading past the end gives `nil`, never a trap.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset: Int

    /// - Parameter offset: Where to start; a value outside the bytes makes every read fail.
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
        self.bytes = bytes
        self.offset = 0...bytes.count ~= offset ? offset : bytes.count
    }

    var remaining: Int { bytes.count - offset }

    mutating func integer<Value: FixedWidthInteger>(_: Value.Type) -> Value? {
        guard remaining >= MemoryLayout<Value>.size else { return nil }
        defer { offset += MemoryLayout<Value>.size }
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    mutating func slice(_ count: Int) -> UnsafeRawBufferPointer? {
        guard 0...remaining ~= count else { return nil }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    /// The next `count` bytes as text, `nil` when they are not UTF-8.
    mutating func string(_ count: Int) -> String? {
        slice(count).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The text up to the next newline, which is skipped.
    mutating func line() -> String? {
        guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { offset += 1 }
        return string(end - offset)
    }
}
