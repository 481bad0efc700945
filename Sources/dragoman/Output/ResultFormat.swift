import ArgumentParser
import Coordinator
import Jobs

/// How results are shown.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
    case jsonl, tsv, csv, table, text, srt, vtt

    /// The form of one recording's file, where there is one.
    var transcript: TranscriptFormat? { TranscriptFormat(rawValue: rawValue) }

    /// The form that a file's name asks for.
    init?(fileName: String) {
        switch fileName.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
        case "jsonl", "ndjson": self = .jsonl
        case "tsv": self = .tsv
        case "csv": self = .csv
        case "txt": self = .text
        default: return nil
        }
    }

    /// Writes a line for each result, after the headings where there are any.
    /// - Parameters:
    ///   - terminal: the terminal and its columns, which a table has to fit; `nil` where nothing limits it.
    ///   - output: takes many lines at a time.
    func write(
        _ results: [GatheredResult], terminal: (style: TerminalStyle, columns: Int)? = nil,
        to output: ([UInt8]) throws -> Void
    ) throws {
        func writeRows(separator: String, _ field: @Sendable (String) -> String) throws {
            try output(Array((ResultRow.headings.joined(separator: separator) + "\n").utf8))
            try ParallelLines.write(
                results, line: { try ResultRow($0.decoded()).fields.map(field).joined(separator: separator) },
                to: output)
        }
        switch self {
        case .jsonl: try ParallelLines.write(results, line: { try ResultLine($0.decoded()).json }, to: output)
        case .tsv: try writeRows(separator: "\t", { $0.onOneLine })
        case .csv: try writeRows(separator: ",", { $0.quotedForCSV })
        case .table:
            let table = try ResultTable(results.map { try $0.decoded() })
            for line in table.lines(terminal: terminal) { try output(Array((line + "\n").utf8)) }
        case .srt, .vtt:
            // Commands ask for a file for each recording.
            for result in results {
                if let form = transcript { try output(Array(form.document(ResultLine(result.decoded())).utf8)) }
            }
        case .text: try ParallelLines.write(results, line: { try $0.decoded().text.onOneLine }, to: output)
        }
    }
}

extension String {
    /// The text with tabs, line feeds and other control characters as spaces.
    var onOneLine: String {
        if utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return self }
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            text.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(text)
    }

    /// RFC 4180: in quotation marks where the field holds one, a comma or a line break.
    fileprivate var quotedForCSV: String {
        let special = "\",\r\n".utf8
        guard utf8.contains(where: special.contains) else { return self }
        return "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
