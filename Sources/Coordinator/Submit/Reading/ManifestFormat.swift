/// How a manifest is written. All are UTF-8, with or without a byte-order mark, in lines that end with LF or CR LF.
public enum ManifestFormat: String, Sendable, CaseIterable {
    /// Columns named by the first line, separated by tabs; nothing is quoted.
    case tsv
    /// Columns named by the first line, separated by commas and quoted as RFC 4180 says.
    case csv
    /// A JSON object each line.
    case jsonl

    /// The format a file's name ends in; `nil` when it tells none.
    public init?(fileName: String) {
        guard let dot = fileName.lastIndex(of: ".") else { return nil }
        switch fileName[fileName.index(after: dot)...].lowercased() {
        case "tsv", "tab": self = .tsv
        case "csv": self = .csv
        case "jsonl", "ndjson": self = .jsonl
        default: return nil
        }
    }
}
