/// A place in object storage: `s3://BUCKET/KEY`, the key percent-encoded as in any URI.
public struct S3Location: Sendable, Hashable, CustomStringConvertible {
    /// The bucket's name.
    public let bucket: String
    /// The key, decoded; empty for the bucket itself.
    public let key: String

    /// Names a place.
    public init(bucket: String, key: String) {
        self.bucket = bucket
        self.key = key
    }

    /// Reads a URI.
    /// - Throws: ``AudioStoreError`` for another scheme, a name that no bucket can have, or a malformed key.
    public init(uri: String) throws(AudioStoreError) {
        guard Self.isLocation(uri) else {
            throw AudioStoreError(code: .uriNotSupported, message: "'\(uri)' is not an 's3:' URI")
        }
        let rest = uri.dropFirst(5)
        let bucket = rest.prefix { $0 != "/" }
        let isName =
            (3...63).contains(bucket.utf8.count)
            && bucket.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        guard isName, bucket.first != ".", bucket.first != "-" else {
            throw AudioStoreError(
                code: .uriMalformed,
                message: "'\(uri)' names no bucket: write s3://BUCKET/KEY, with 3 to 63 letters, "
                    + "digits, '-' and '.'")
        }
        let encoded = rest.dropFirst(bucket.count + 1)
        guard let key = PercentEncoding.decode(encoded), !encoded.contains("?"), !encoded.contains("#"),
            key.utf8.count <= 1024
        else {
            throw AudioStoreError(
                code: .uriMalformed,
                message:
                    "'\(uri)' is malformed: percent-encode UTF-8 as %XX, '?' as %3F, '#' as %23 and '%' as %25; a key "
                    + "has at most 1024 bytes")
        }
        self.init(bucket: String(bucket), key: key)
    }

    /// Whether a URI has the scheme.
    public static func isLocation(_ uri: String) -> Bool { uri.prefix(5).lowercased() == "s3://" }

    /// The URI.
    public var description: String { "s3://\(bucket)/\(PercentEncoding.encode(key, keeping: "/"))" }
}
