/// A column of a manifest, or a key of its JSON.
enum ManifestColumn: Hashable {
    case path, uri, id, target, source, start, end, duration, sha256, deadline
    case label(String)

    private static let plain: [String: ManifestColumn] = [
        "path": .path, "uri": .uri, "id": .id, "target": .target, "source": .source, "start": .start, "end": .end,
        "duration": .duration, "sha256": .sha256, "deadline": .deadline,
    ]
    private static let labelPrefix = "label."

    /// For messages.
    static let names = "path, uri, id, target, source, start, end, duration, sha256, deadline and label.NAME"

    /// - Returns: `nil` for a name that is none.
    init?(name: String) {
        if let column = Self.plain[name] {
            self = column
        } else if name.hasPrefix(Self.labelPrefix), name.utf8.count > Self.labelPrefix.utf8.count {
            self = .label(String(name.dropFirst(Self.labelPrefix.count)))
        } else {
            return nil
        }
    }

    var name: String {
        switch self {
        case .path: "path"
        case .uri: "uri"
        case .id: "id"
        case .target: "target"
        case .source: "source"
        case .start: "start"
        case .end: "end"
        case .duration: "duration"
        case .sha256: "sha256"
        case .deadline: "deadline"
        case .label(let key): Self.labelPrefix + key
        }
    }

    /// Whether it holds seconds.
    var isNumber: Bool { self == .start || self == .end || self == .duration }
}
