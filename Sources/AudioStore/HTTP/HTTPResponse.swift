/// What a server answered, but for the contents.
struct HTTPResponse: Sendable {
    var status = 0
    /// Names in lower case.
    var headers: [String: String] = [:]
    /// The beginning of the contents where the status is none of success.
    var message: [UInt8] = []

    /// Bytes of ``message`` at most.
    static let messageLimit = 64 * 1024

    var isSuccess: Bool { (200..<300).contains(status) }
    /// Bytes that are said to follow.
    var contentLength: Int64? { headers["content-length"].flatMap { Int64($0) } }
    var eTag: String? { headers["etag"] }
    /// What tells one version of the contents from another; weak tags don't.
    var validator: String? {
        if let eTag, !eTag.hasPrefix("W/") { return eTag }
        return headers["last-modified"]
    }

    /// First byte and length of the whole, of an answer with a part: `bytes 10-19/20`.
    var contentRange: (start: Int64, total: Int64?)? {
        guard let text = headers["content-range"], text.hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/")
        guard parts.count == 2, let start = Int64(parts[0].prefix { $0 != "-" }) else { return nil }
        return (start, Int64(parts[1]))
    }
}
