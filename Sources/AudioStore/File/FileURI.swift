import FoundationEssentials
import Platform

/// `file:` URIs (RFC 8089) and the paths they stand for.
public enum FileURI {
    /// The canonical URI of a local path, so that the same file gives the same URI and therefore the same job id.
    ///
    /// Everything but letters, digits, `-._~` and `/` is percent-encoded byte by byte, as Python's `Path.as_uri` does.
    /// A relative path is taken from the current folder; empty and `.` components go. Symbolic links stay, since the
    /// machine that reads the URI may have others, unless there is a `..`, which only means something once they are
    /// resolved.
    /// - Parameter path: A path; it has to exist only if it contains `..`.
    /// - Returns: `file:///…`
    /// - Throws: ``AudioStoreError`` when the path is empty, has a NUL, or has a `..` that can't be resolved.
    public static func make(path: String) throws(AudioStoreError) -> String {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw AudioStoreError(code: .uriMalformed, message: "'\(path)' is not a path: it is empty or has a NUL")
        }
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        let components = absolute.split(separator: "/").filter { $0 != "." }
        guard components.contains("..") else { return encode(components) }
        do throws(SystemError) {
            return encode(try SystemCalls.realPath(absolute).split(separator: "/"))
        } catch {
            throw AudioStoreError(
                code: error.isNotFound ? .notFound : .notReadable, message: "can't resolve '..': \(error)", cause: error
            )
        }
    }

    /// The absolute path that a `file:` URI stands for: decoded, otherwise as it is written there.
    ///
    /// Accepted are `file:///path`, `file://localhost/path` and `file:/path`, with UTF-8 plain or percent-encoded.
    /// - Throws: ``AudioStoreError`` for another scheme or host, a relative path, a query or fragment, a stray `%`, an
    ///   encoded `/` or NUL, a control character, or bytes that are not UTF-8.
    public static func path(of uri: String) throws(AudioStoreError) -> String {
        guard let colon = uri.utf8.firstIndex(of: UInt8(ascii: ":")), uri[..<colon].lowercased() == "file" else {
            throw AudioStoreError(code: .uriNotSupported, message: "'\(uri)' is not a 'file:' URI")
        }
        var rest = uri[uri.utf8.index(after: colon)...]
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let host = rest.prefix { $0 != "/" }
            guard host.isEmpty || host.lowercased() == "localhost" else {
                throw AudioStoreError(
                    code: .uriNotSupported, message: "'\(uri)' names the host '\(host)': only local files are read")
            }
            rest = rest[host.endIndex...]
        }
        guard rest.hasPrefix("/") else {
            throw AudioStoreError(
                code: .uriMalformed, message: "'\(uri)' has no absolute path: write file:///folder/name")
        }
        guard let path = decode(rest) else {
            throw AudioStoreError(
                code: .uriMalformed,
                message: """
                    '\(uri)' is malformed: percent-encode UTF-8 as %XX, '?' as %3F, '#' as %23 and '%' as %25; no name \
                    holds a '/' or NUL
                    """)
        }
        return path
    }

    private static func encode(_ components: [Substring]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var uri = Array("file://".utf8)
        for component in components {
            uri.append(UInt8(ascii: "/"))
            for byte in component.utf8 {
                if isUnreserved(byte) {
                    uri.append(byte)
                } else {
                    uri += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
        }
        if components.isEmpty { uri.append(UInt8(ascii: "/")) }
        return String(decoding: uri, as: UTF8.self)
    }

    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                    return nil
                }
                let decoded = high << 4 | low
                guard decoded != 0, decoded != UInt8(ascii: "/") else { return nil }
                bytes.append(decoded)
            case UInt8(ascii: "?"), UInt8(ascii: "#"), 0..<0x20, 0x7F:
                return nil
            default:
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~".utf8.contains(byte)
        }
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
