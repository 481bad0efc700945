/// The URIs that name audio.
public enum AudioURI {
    /// The `file:` URI of an absolute path: bytes outside the unreserved characters and `/` percent-encoded in upper-case
    /// hex, empty and `.` components left out. The same path always gives the same URI, and so the same job id.
    ///
    /// Symbolic links are left as they are, since another machine may mount the same storage under the same names; `..`
    /// is the caller's to resolve, as only the file system knows where it leads.
    public static func file(path: String) -> String {
        let components = path.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        return "file:///" + components.map(percentEncoded).joined(separator: "/")
    }

    /// The path of a `file:` URI on this machine.
    /// - Returns: `nil` for another scheme, another host, or where the path is not UTF-8.
    public static func path(of uri: String) -> String? {
        guard uri.prefix(5).lowercased() == "file:" else { return nil }
        var rest = uri.dropFirst(5)
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            guard let slash = rest.firstIndex(of: "/") else { return nil }
            guard slash == rest.startIndex || rest[..<slash] == "localhost" else { return nil }
            rest = rest[slash...]
        }
        guard rest.hasPrefix("/"), let bytes = percentDecoded(rest.utf8), !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Checks that a text is an absolute URI.
    /// - Throws: ``JobsError`` with code `invalidField`.
    static func validate(_ uri: String) throws(JobsError) {
        let check = FieldCheck(field: "audio.uri")
        guard !uri.isEmpty else { throw check.fail("missing; expected an absolute URI such as file:///data/a.wav") }
        guard uri.utf8.count <= JobLimits.uriLength else {
            throw check.fail("expected at most \(JobLimits.uriLength) bytes")
        }
        let scheme = uri.utf8.prefix { $0 != UInt8(ascii: ":") }
        let isAbsolute =
            scheme.count < uri.utf8.count
            && (scheme.first.map { $0.isLetterOrDigit && $0 > UInt8(ascii: "9") } ?? false)
            && scheme.allSatisfy { $0.isLetterOrDigit || "+-.".utf8.contains($0) }
        guard isAbsolute else {
            throw check.fail("expected an absolute URI such as file:///data/a.wav, not '\(uri.prefix(100))'")
        }
        guard uri.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), percentDecoded(uri.utf8) != nil else {
            throw check.fail("expected percent-encoding (%20 for a space) in '\(uri.prefix(100))'")
        }
    }

    private static func percentEncoded(_ component: some Sequence<UInt8>) -> String {
        component.reduce(into: "") { text, byte in
            if byte == UInt8(ascii: "~") || UInt8.isNameCharacter(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    /// - Returns: `nil` where a `%` is not followed by two hexadecimal digits.
    private static func percentDecoded(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}
