/// Lines on their way out, which are written in large blocks.
struct LineBlock {
    private static let length = 1 << 18

    private var bytes: [UInt8] = []

    mutating func add(_ line: String, to output: ([UInt8]) throws -> Void) rethrows {
        bytes += line.utf8
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count >= Self.length { try flush(to: output) }
    }

    /// Writes what is left over.
    mutating func flush(to output: ([UInt8]) throws -> Void) rethrows {
        guard !bytes.isEmpty else { return }
        try output(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
