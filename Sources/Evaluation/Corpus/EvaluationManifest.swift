import FoundationEssentials

/// Recordings with references: a table as CoVoST 2's scripts write it (tab-separated, a backslash before what would end a
/// field, columns `path`, `sentence`, `translation`, `client_id`), or JSONL with the same names.
public struct EvaluationManifest: Sendable {
    /// What a manifest does not say itself.
    public struct Defaults: Sendable {
        /// The spoken language; `nil` where the manifest or its name says it.
        public var source: String?
        /// The target language; `nil` where the manifest or its name says it.
        public var target: String?
        /// Where relative paths of recordings begin, itself from the manifest's folder on; `nil` for that folder.
        public var clips: String?
        /// Lines of this split alone, where the manifest has a column for it.
        public var split: String?

        /// Creates defaults.
        public init(source: String? = nil, target: String? = nil, clips: String? = nil, split: String? = nil) {
            self.source = source
            self.target = target
            self.clips = clips
            self.split = split
        }
    }

    /// The recordings, in the manifest's order.
    public let items: [EvaluationItem]

    /// Reads a manifest; its suffix, .tsv, .jsonl or .ndjson, says which form it has.
    /// - Throws: `SystemError`, or ``EvaluationError`` that names the line.
    public init(path: String, defaults: Defaults = Defaults()) throws {
        let rows: [Row]
        switch path.split(separator: ".").last?.lowercased() {
        case "tsv": rows = try Self.table(path)
        case "jsonl", "ndjson": rows = try Self.objects(path)
        default:
            throw EvaluationError(.invalidManifest, "'\(path)' does not end in .tsv, .jsonl or .ndjson")
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let own = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let folder = defaults.clips.map { $0.hasPrefix("/") ? $0 : "\(own)/\($0)" } ?? own
        let named = LanguagePair(fileName: name)
        var keys: Set<String> = []
        var items: [EvaluationItem] = []
        for row in rows {
            if let split = defaults.split {
                guard let own = row[.split] else { throw row.failure("no split; expected a column split") }
                guard own == split else { continue }
            }
            let item = try Self.item(row, defaults, named: named, folder: folder)
            guard keys.insert(item.key).inserted else { throw row.failure("'\(item.key)' is there more than once") }
            items.append(item)
        }
        guard !items.isEmpty else {
            let what = defaults.split.map { "no line of the split '\($0)'" } ?? "no recordings"
            throw EvaluationError(.nothingToScore, "\(path): \(what)")
        }
        self.items = items
    }

    private static func item(
        _ row: Row, _ defaults: Defaults, named: LanguagePair?, folder: String
    ) throws(EvaluationError) -> EvaluationItem {
        guard let path = row[.path], !path.isEmpty else { throw row.failure("no path; expected a column path") }
        guard let reference = row[.translation] else {
            throw row.failure("no reference; expected a column translation or reference")
        }
        guard let source = row[.source] ?? defaults.source ?? named?.source else {
            throw row.failure("no source language; expected a column source or language, or --source")
        }
        guard let target = row[.target] ?? defaults.target ?? named?.target else {
            throw row.failure("no target language; expected a column target, or --target")
        }
        let pair = LanguagePair(source: source, target: target)
        let isPlace = path.hasPrefix("/") || path.contains("://")
        return EvaluationItem(
            key: "\(pair.code)/\(path)", pair: pair, audio: isPlace ? path : "\(folder)/\(path)",
            reference: reference, transcript: row[.sentence])
    }

    private static func table(_ path: String) throws -> [Row] {
        let lines = try SegmentFile.lines(of: path)
        guard let header = lines.first else { throw EvaluationError(.invalidManifest, "\(path): the file is empty") }
        let columns = TSVRecord.fields(header.withoutByteOrderMark).map(Row.Column.init(name:))
        return try lines.enumerated().dropFirst().filter { !$0.element.isEmpty }.map { index, line in
            let fields = TSVRecord.fields(line)
            guard fields.count == columns.count else {
                throw EvaluationError(
                    .invalidManifest,
                    "\(path), line \(index + 1): expected \(columns.count) fields as in the first line, not \(fields.count)"
                )
            }
            var row = Row(path: path, line: index + 1)
            for (column, field) in zip(columns, fields) { if let column { row.set(column, field) } }
            return row
        }
    }

    private static func objects(_ path: String) throws -> [Row] {
        try SegmentFile.lines(of: path).enumerated().filter { !$0.element.isEmpty }.map { index, line in
            do {
                let fields = try JSONDecoder().decode([String: Text].self, from: Data(line.utf8))
                var row = Row(path: path, line: index + 1)
                for (name, text) in fields { if let column = Row.Column(name: name) { row.set(column, text.value) } }
                return row
            } catch {
                throw EvaluationError(
                    .invalidManifest, "\(path), line \(index + 1): expected a JSON object in one line")
            }
        }
    }

    /// A string; other values are nobody's business.
    private struct Text: Decodable {
        let value: String?

        init(from decoder: any Decoder) throws {
            value = try? decoder.singleValueContainer().decode(String.self)
        }
    }
}

extension String {
    fileprivate var withoutByteOrderMark: String {
        unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self
    }
}
