/// The ZIP64 extra field (0x0001): 64-bit values for those of an entry's fields, in a fixed order, that are 0xFFFFFFFF.
struct Zip64Extra {
    private static let identifier: UInt16 = 0x0001

    private var values: ByteReader

    /// Finds the field among an entry's extra fields; without one there are no wide values.
    init(_ extra: UnsafeRawBufferPointer) {
        var reader = ByteReader(extra)
        values = ByteReader(UnsafeRawBufferPointer(start: nil, count: 0))
        while let identifier = reader.integer(UInt16.self), let length = reader.integer(UInt16.self),
            let body = reader.slice(Int(length))
        {
            if identifier == Self.identifier { values = ByteReader(body) }
        }
    }

    /// The field's value, or the next wide one when it is all ones; `nil` when there is none or it does not fit `Int`.
    mutating func resolve(_ field: UInt32) -> Int? {
        guard field == .max else { return Int(field) }
        return values.integer(UInt64.self).flatMap { Int(exactly: $0) }
    }
}
