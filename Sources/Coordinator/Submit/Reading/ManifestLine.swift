/// What a line of a manifest says, before anybody has judged it.
struct ManifestLine {
    /// Why a line makes no entry.
    struct Failure: Error {
        let message: String
    }

    private var path = ""
    private var uri = ""
    private var entry: BatchEntry

    init(at place: SourcePlace) {
        entry = BatchEntry(.uri(""), at: place)
    }

    /// Takes a value. An empty one means that the line does not say.
    mutating func set(_ column: ManifestColumn, _ text: String) throws(Failure) {
        guard !text.isEmpty else { return }
        switch column {
        case .path: path = text
        case .uri: uri = text
        case .id: entry.id = text
        case .target: entry.targetLanguage = text
        case .source: entry.sourceLanguage = text
        case .sha256: entry.sha256 = text
        case .deadline:
            guard let deadline = PointInTime(text) else {
                throw Failure(message: "deadline: expected \(PointInTime.form), not '\(text.prefix(100))'")
            }
            entry.deadline = deadline
        case .label(let key): entry.labels[key] = text
        case .start, .end, .duration:
            guard let seconds = Double(text) else {
                throw Failure(message: "\(column.name): expected seconds such as 12.5, not '\(text.prefix(100))'")
            }
            set(column, seconds)
        }
    }

    /// Takes a value of a column of numbers.
    mutating func set(_ column: ManifestColumn, _ seconds: Double) {
        switch column {
        case .start: entry.start = seconds
        case .end: entry.end = seconds
        case .duration: entry.duration = seconds
        default: break
        }
    }

    /// - Parameter folder: where relative paths begin; without a trailing slash.
    func entry(inFolder folder: String) throws(Failure) -> BatchEntry {
        var entry = entry
        switch (path.isEmpty, uri.isEmpty) {
        case (false, true): entry.recording = .file(path: path.hasPrefix("/") ? path : "\(folder)/\(path)")
        case (true, false): entry.recording = .uri(uri)
        case (true, true): throw Failure(message: "path: missing; expected a path, or a URI in the column uri")
        case (false, false): throw Failure(message: "path: expected either path or uri, not both")
        }
        return entry
    }
}
