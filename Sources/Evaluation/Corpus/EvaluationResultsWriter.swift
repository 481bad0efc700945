import FoundationEssentials
import Platform

/// Adds results to a file as they come, after those that are there.
public struct EvaluationResultsWriter: ~Copyable, Sendable {
    /// What is in the file.
    public private(set) var results: EvaluationResults
    private let file: AppendedFile

    /// Opens a file, or begins one.
    /// - Parameter header: what is to be added belongs to; made from the header that is there, if there is one.
    /// - Throws: `SystemError`; ``EvaluationError`` where what is there was made otherwise.
    public init(path: String, header: (EvaluationHeader?) -> EvaluationHeader) throws {
        let file = try AppendedFile(path: path)
        results = try Self.begin(file, path, header)
        self.file = file
    }

    private static func begin(
        _ file: borrowing AppendedFile, _ path: String, _ header: (EvaluationHeader?) -> EvaluationHeader
    ) throws -> EvaluationResults {
        guard try !SegmentFile.contents(of: path).isEmpty else {
            let results = EvaluationResults(header: header(nil))
            try file.append(line(results.header))
            return results
        }
        let results = try EvaluationResults(path: path)
        if let difference = results.header.difference(to: header(results.header)) {
            throw EvaluationError(
                .invalidResults,
                "\(path) was made with \(difference): give another folder, or remove the file to begin anew")
        }
        try file.truncate(to: results.completeByteCount)
        return results
    }

    /// Adds a result.
    /// - Throws: `SystemError`.
    public mutating func append(_ record: EvaluationRecord) throws {
        try file.append(Self.line(record))
        results.records[record.item] = record
    }

    private static func line(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }
}
