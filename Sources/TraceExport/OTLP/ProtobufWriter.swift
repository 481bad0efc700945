/// Puts the fields of a protobuf message one after another (protobuf.dev/programming-guides/encoding). What has its
/// standard value is left out, as proto3 does.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
    }

    mutating func varint(_ value: UInt64, field: UInt64) {
        guard value != 0 else { return }
        tag(field, .varint)
        append(varint: value)
    }

    mutating func fixed64(_ value: UInt64, field: UInt64) {
        guard value != 0 else { return }
        tag(field, .fixed64)
        append(fixed64: value)
    }

    mutating func bytes(_ value: some Collection<UInt8>, field: UInt64) {
        guard !value.isEmpty else { return }
        tag(field, .lengthDelimited)
        append(varint: UInt64(value.count))
        bytes += value
    }

    mutating func string(_ value: String, field: UInt64) { bytes(value.utf8, field: field) }

    /// A message, also an empty one.
    mutating func message(field: UInt64, _ body: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        body(&inner)
        tag(field, .lengthDelimited)
        append(varint: UInt64(inner.bytes.count))
        bytes += inner.bytes
    }

    /// A field of a `oneof`, which is there whatever its value.
    mutating func choice(varint value: UInt64, field: UInt64) {
        tag(field, .varint)
        append(varint: value)
    }

    /// A field of a `oneof`.
    mutating func choice(fixed64 value: UInt64, field: UInt64) {
        tag(field, .fixed64)
        append(fixed64: value)
    }

    /// A field of a `oneof`.
    mutating func choice(string value: String, field: UInt64) {
        tag(field, .lengthDelimited)
        append(varint: UInt64(value.utf8.count))
        bytes += value.utf8
    }

    private mutating func tag(_ field: UInt64, _ type: WireType) { append(varint: field << 3 | type.rawValue) }

    private mutating func append(fixed64 value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    private mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
