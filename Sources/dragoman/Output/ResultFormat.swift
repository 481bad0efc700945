import ArgumentParser
import Jobs

/// How results are shown.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
    case jsonl, table, tsv

    /// - Parameter width: columns of the terminal a table has to fit; `nil` where nothing limits it.
    func lines(_ results: [TranslationResult], width: Int?) throws -> [String] {
        switch self {
        case .jsonl: try results.map { try JSONLine.string(ResultLine($0)) }
        case .tsv: Self.tsv(results)
        case .table: ResultTable(results).lines(width: width)
        }
    }

    private static func tsv(_ results: [TranslationResult]) -> [String] {
        ["file\tstatus\ttext\terror\taudio_seconds\ttarget_language\tjob_id"]
            + results.map { result in
                [
                    result.fileName, result.status.schemaName, result.text,
                    result.hasError ? "\(result.error.reason.schemaName): \(result.error.message)" : "",
                    String(result.audioSeconds), result.targetLanguage, result.jobID,
                ].map(\.onOneLine).joined(separator: "\t")
            }
    }
}

extension String {
    /// The text with tabs, line feeds and other control characters as spaces.
    var onOneLine: String {
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            text.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(text)
    }
}
