import FoundationEssentials
import Platform

/// A file with a segment on each line, as sacreBLEU reads it.
public struct SegmentFile: Sendable {
    /// The file's path.
    public let path: String
    /// The lines without white space at their ends.
    public let segments: [String]

    /// Reads a file. Lines end with a line feed, the last one perhaps without.
    /// - Throws: `SystemError`, or ``EvaluationError``.
    public init(path: String) throws {
        self.path = path
        segments = try Self.lines(of: path).map { line in
            let text = PythonText.strippedAtEnd(PythonText.codePoints(line))
            return String(String.UnicodeScalarView(text.compactMap(UnicodeScalar.init)))
        }
    }

    /// The lines of a text file.
    static func lines(of path: String) throws -> [String] {
        let bytes = try contents(of: path)
        var lines: [String] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard let text = String(validating: line, as: UTF8.self) else {
                throw EvaluationError(.unreadableText, "\(path), line \(index + 1): expected UTF-8")
            }
            lines.append(text)
        }
        // What follows the last line feed is a line only if there is something.
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// The bytes of a file.
    static func contents(of path: String) throws(SystemError) -> [UInt8] {
        let file = try SequentialFile(path: path)
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var count = 0
            let outcome = block.withUnsafeMutableBytes { buffer in
                Result { () throws(SystemError) in try file.read(into: buffer) }
            }
            count = try outcome.get()
            guard count > 0 else { return bytes }
            bytes += block[..<count]
        }
    }
}
