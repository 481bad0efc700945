import FoundationEssentials
import Platform

/// The results of an evaluation as they were found in a file: JSONL, a header and then a line for each recording, of which
/// the last one counts.
public struct EvaluationResults: Sendable {
    /// What all lines have in common.
    public let header: EvaluationHeader
    /// The lines by recording.
    public internal(set) var records: [String: EvaluationRecord]
    /// Bytes to the end of the last line that is complete.
    let completeByteCount: Int

    /// Reads a file. A last line that was cut off does not count.
    /// - Throws: `SystemError`, or ``EvaluationError`` that names the line.
    public init(path: String) throws {
        let bytes = try SegmentFile.contents(of: path)
        completeByteCount = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        let lines = bytes[..<completeByteCount].split(separator: UInt8(ascii: "\n"))
        let decoder = JSONDecoder()
        guard let first = lines.first, let header = try? decoder.decode(EvaluationHeader.self, from: Data(first)) else {
            throw EvaluationError(
                .invalidResults, "\(path), line 1: expected the header of results that 'dragoman evaluate' wrote")
        }
        self.header = header
        records = [:]
        for (index, line) in lines.enumerated().dropFirst() {
            guard let record = try? decoder.decode(EvaluationRecord.self, from: Data(line)) else {
                throw EvaluationError(.invalidResults, "\(path), line \(index + 1): expected a result")
            }
            records[record.item] = record
        }
    }

    init(header: EvaluationHeader) {
        self.header = header
        records = [:]
        completeByteCount = 0
    }
}
