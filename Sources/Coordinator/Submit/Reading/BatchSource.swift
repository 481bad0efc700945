/// Something that names recordings.
public enum BatchSource: Sendable, Hashable {
    /// A file, a folder with everything in it, a URI, or a glob pattern.
    case argument(String)
    /// Standard input: a path or URI each line, or, where a name may have line breaks, before each NUL.
    case list(isNullSeparated: Bool)
    /// A table with a recording each line. Its relative paths begin at its own folder.
    case manifest(path: String, format: ManifestFormat)

    /// Whether a text is a URI, not a path: it has a scheme and `//`, or is a `file:` URI.
    static func isURI(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex else { return false }
        let isScheme = bytes[..<colon].allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard isScheme else { return false }
        let rest = bytes[bytes.index(after: colon)...]
        return rest.starts(with: "//".utf8) || (text.hasPrefix("file:") && rest.first == UInt8(ascii: "/"))
    }
}
