import Platform

/// Cuts a file into lines. Memory is a block and the longest line, which has a limit.
struct LineReader: ~Copyable {
    /// Why there is no next line.
    enum Failure: Error {
        case tooLong
    }

    /// The number of the line that ``next()`` returned last, from 1.
    private(set) var lineNumber = 0

    private let file: SequentialFile
    private let separator: UInt8
    private let cancellation: CancellationFlag
    private var block: [UInt8]
    /// What of the block is not handed out yet.
    private var rest = 0..<0
    private var isAtEnd = false

    /// Bytes of a line at most; far more than a job may have.
    static let lineLimit = 1 << 20
    private static let blockSize = 1 << 18
    private static let patience: Int32 = 100

    /// - Parameter separator: ends a line; the last one may go without.
    init(_ file: consuming SequentialFile, separator: UInt8, cancellation: CancellationFlag) {
        self.file = file
        self.separator = separator
        self.cancellation = cancellation
        block = [UInt8](repeating: 0, count: Self.blockSize)
    }

    /// The next line without its separator; `nil` at the end.
    /// - Throws: ``Failure``, `SystemError` or `CancellationError`.
    mutating func next() throws -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if rest.isEmpty, try !fill() {
                guard !line.isEmpty else { return nil }
                lineNumber += 1
                return line
            }
            let end = block[rest].firstIndex(of: separator)
            line += block[rest.lowerBound..<(end ?? rest.upperBound)]
            rest = (end.map { $0 + 1 } ?? rest.upperBound)..<rest.upperBound
            guard line.count <= Self.lineLimit else { throw Failure.tooLong }
            guard end == nil else {
                lineNumber += 1
                return line
            }
        }
    }

    /// - Returns: `false` at the end of the file.
    private mutating func fill() throws -> Bool {
        guard !isAtEnd else { return false }
        while try !file.waitUntilReadable(milliseconds: Self.patience) { try cancellation.check() }
        try cancellation.check()
        let count = try block.withUnsafeMutableBytes { try file.read(into: $0) }
        rest = 0..<count
        isAtEnd = count == 0
        return !isAtEnd
    }
}
