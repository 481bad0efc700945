import Platform
import SwiftProtobuf

/// Reads a manifest line by line into a batch. What is wrong with a line is the batch's problem; the others still count.
struct ManifestReader: ~Copyable {
    private let name: String
    private let format: ManifestFormat
    private let folder: String
    private var lines: LineReader

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// - Parameters:
    ///   - name: what messages call the manifest.
    ///   - folder: where relative paths begin; without a trailing slash.
    init(_ lines: consuming LineReader, name: String, format: ManifestFormat, folder: String) {
        self.lines = lines
        self.name = name
        self.format = format
        self.folder = folder
    }

    /// - Throws: what keeps the manifest from being read, or `CancellationError`.
    mutating func read(into batch: inout BatchBuilder) throws {
        do {
            switch format {
            case .tsv, .csv: try readTable(into: &batch)
            case .jsonl: try readObjects(into: &batch)
            }
        } catch is LineReader.Failure {
            batch.report(
                "the line does not end within \(LineReader.lineLimit) bytes",
                at: SourcePlace(name, line: lines.lineNumber + 1))
        } catch let failure as ManifestLine.Failure {
            batch.report(failure.message, at: SourcePlace(name, line: lines.lineNumber))
        }
    }

    /// - Throws: also what is wrong with the first line, since nothing can be read without its names.
    private mutating func readTable(into batch: inout BatchBuilder) throws {
        guard let header = try nextRecord() else { return batch.report("the manifest is empty", at: SourcePlace(name)) }
        let columns = try Self.columns(try fields(of: header.bytes))
        while let record = try nextRecord() {
            let place = SourcePlace(name, line: record.line)
            do {
                var line = ManifestLine(at: place)
                let fields = try fields(of: record.bytes)
                guard fields.count == columns.count else {
                    throw ManifestLine.Failure(
                        message: "expected \(columns.count) fields as in the first line, not \(fields.count)")
                }
                for (column, text) in zip(columns, fields) { try line.set(column, text) }
                try batch.add(try line.entry(inFolder: folder))
            } catch let failure as ManifestLine.Failure {
                batch.report(failure.message, at: place)
            }
        }
    }

    private mutating func readObjects(into batch: inout BatchBuilder) throws {
        while let record = try nextRecord() {
            let place = SourcePlace(name, line: record.line)
            do {
                var line = ManifestLine(at: place)
                try line.set(Self.object(record.bytes))
                try batch.add(try line.entry(inFolder: folder))
            } catch let failure as ManifestLine.Failure {
                batch.report(failure.message, at: place)
            }
        }
    }

    /// The next line that is not empty; in CSV with the lines that a quoted field goes on in.
    private mutating func nextRecord() throws -> (bytes: [UInt8], line: Int)? {
        while var bytes = try nextLine() {
            let line = lines.lineNumber
            guard !bytes.isEmpty else { continue }
            var isOpen = format == .csv && CSVRecord.isOpen(bytes)
            while isOpen, let next = try nextLine() {
                bytes.append(UInt8(ascii: "\n"))
                bytes += next
                if CSVRecord.isOpen(next) { isOpen = false }
                guard bytes.count <= LineReader.lineLimit else {
                    throw ManifestLine.Failure(message: "the field quoted in line \(line) does not end")
                }
            }
            return (bytes, line)
        }
        return nil
    }

    private mutating func nextLine() throws -> [UInt8]? {
        guard var line = try lines.next() else { return nil }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        if lines.lineNumber == 1, line.starts(with: Self.byteOrderMark) {
            line.removeFirst(Self.byteOrderMark.count)
        }
        return line
    }

    private func fields(of record: [UInt8]) throws(ManifestLine.Failure) -> [String] {
        let fields: [[UInt8]]
        if format == .csv {
            do throws(CSVRecord.Failure) {
                fields = try CSVRecord.fields(of: record)
            } catch {
                throw ManifestLine.Failure(message: error.message)
            }
        } else {
            fields = record.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map(Array.init)
        }
        var texts: [String] = []
        texts.reserveCapacity(fields.count)
        for field in fields {
            guard let text = String(validating: field, as: UTF8.self) else {
                throw ManifestLine.Failure(message: "field \(texts.count + 1): expected UTF-8")
            }
            texts.append(text)
        }
        return texts
    }

    private static func columns(_ names: [String]) throws(ManifestLine.Failure) -> [ManifestColumn] {
        var columns: [ManifestColumn] = []
        for name in names {
            guard let column = ManifestColumn(name: name) else { throw unknown("column", name) }
            guard !columns.contains(column) else {
                throw ManifestLine.Failure(message: "the column '\(name)' is there twice")
            }
            columns.append(column)
        }
        guard columns.contains(.path) || columns.contains(.uri) else {
            throw ManifestLine.Failure(message: "expected the column path or uri among the names in the first line")
        }
        return columns
    }

    private static func object(_ bytes: [UInt8]) throws(ManifestLine.Failure) -> Google_Protobuf_Struct {
        do {
            return try Google_Protobuf_Struct(jsonUTF8Bytes: bytes)
        } catch {
            throw ManifestLine.Failure(message: "expected a JSON object in one line: \(error)")
        }
    }

    static func unknown(_ what: String, _ name: String) -> ManifestLine.Failure {
        ManifestLine.Failure(
            message: "unknown \(what) '\(name.prefix(100))'; there are \(ManifestColumn.names)")
    }
}
