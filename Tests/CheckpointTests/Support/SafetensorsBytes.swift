/// Builds safetensors files, sound or not, for tests.
enum SafetensorsBytes {
    /// A file with this header text and data; `claiming` overrides the header's length.
    static func file(header: [UInt8], data: [UInt8] = [], claiming length: UInt64? = nil) -> [UInt8] {
        withUnsafeBytes(of: (length ?? UInt64(header.count)).littleEndian, Array.init) + header + data
    }

    static func file(header: String, data: [UInt8] = [], claiming length: UInt64? = nil) -> [UInt8] {
        file(header: Array(header.utf8), data: data, claiming: length)
    }

    /// A sound file of tensors, one after the other.
    static func file(_ tensors: [(name: String, type: String, shape: [Int], bytes: [UInt8])]) -> [UInt8] {
        var offset = 0
        var members: [String] = []
        for tensor in tensors {
            let end = offset + tensor.bytes.count
            members.append(
                #""\#(tensor.name)":{"dtype":"\#(tensor.type)","shape":\#(tensor.shape),"data_offsets":[\#(offset),\#(end)]}"#
            )
            offset = end
        }
        return file(header: "{\(members.joined(separator: ","))}", data: tensors.flatMap(\.bytes))
    }
}

extension [Float] {
    /// The elements as little-endian float32.
    var littleEndianBytes: [UInt8] {
        flatMap { Swift.withUnsafeBytes(of: $0.bitPattern.littleEndian, Array<UInt8>.init) }
    }
}
