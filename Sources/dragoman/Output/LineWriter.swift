/// Writes lines in large blocks.
struct LineWriter: ~Copyable {
    private static let blockLength = 1 << 18

    private let write: ([UInt8]) throws -> Void
    private var block: [UInt8] = []

    /// - Parameter write: takes a block.
    init(to write: @escaping ([UInt8]) throws -> Void) {
        self.write = write
        block.reserveCapacity(Self.blockLength + 4096)
    }

    mutating func writeLine(_ line: String) throws {
        block += line.utf8
        block.append(UInt8(ascii: "\n"))
        if block.count >= Self.blockLength { try flush() }
    }

    /// Writes what is left over. What is not flushed is lost.
    mutating func flush() throws {
        guard !block.isEmpty else { return }
        try write(block)
        block.removeAll(keepingCapacity: true)
    }
}
