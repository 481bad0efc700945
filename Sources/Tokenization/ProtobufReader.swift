/// A pull parser for the protobuf wire format, for data that comes from outside: whatever the bytes, it ends in fields or
/// in a thrown ``Malformed``. <https://protobuf.dev/programming-guides/encoding/>
struct ProtobufReader {
    /// The bytes are not a protobuf message.
    struct Malformed: Error {
        let reason: String
    }

    /// The value of a field, by wire type.
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes(UnsafeRawBufferPointer)
        case fixed32(UInt32)
    }

    private let message: UnsafeRawBufferPointer
    private var offset = 0

    /// - Parameter message: Must stay valid while the reader and the values it returns are used.
    init(_ message: UnsafeRawBufferPointer) {
        self.message = message
    }

    /// The next field; `nil` at the end of the message. Groups, which proto3 no longer has, are not understood.
    mutating func next() throws(Malformed) -> (number: UInt64, value: Value)? {
        guard offset < message.count else { return nil }
        let tag = try varint()
        let number = tag >> 3
        guard 1..<1 << 29 ~= number else { throw Malformed(reason: "field number \(number)") }
        switch tag & 7 {
        case 0: return (number, .varint(try varint()))
        case 1: return (number, .fixed64(try fixed(UInt64.self)))
        case 2: return (number, .bytes(try bytes(try varint())))
        case 5: return (number, .fixed32(try fixed(UInt32.self)))
        default: throw Malformed(reason: "wire type \(tag & 7)")
        }
    }

    private mutating func varint() throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard offset < message.count else { throw cutShort }
            let byte = message[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Malformed(reason: "a number of more than ten bytes")
    }

    private mutating func fixed<Value: FixedWidthInteger>(_: Value.Type) throws(Malformed) -> Value {
        let slice = try bytes(UInt64(MemoryLayout<Value>.size))
        return Value(littleEndian: slice.loadUnaligned(as: Value.self))
    }

    private mutating func bytes(_ count: UInt64) throws(Malformed) -> UnsafeRawBufferPointer {
        guard count <= UInt64(message.count - offset) else { throw cutShort }
        defer { offset += Int(count) }
        return UnsafeRawBufferPointer(rebasing: message[offset..<offset + Int(count)])
    }

    private var cutShort: Malformed { Malformed(reason: "a field that is cut short") }
}
