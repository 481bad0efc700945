/// Where object storage is, and how to speak to it.
public struct S3Configuration: Sendable, Hashable {
    /// `https://HOST[:PORT]`; `nil` for AWS'.
    public var endpoint: String?
    /// The region that requests are signed for.
    public var region: String
    /// Whether the bucket goes into the path rather than the host's name, as most storage other than AWS' wants it.
    public var usesPathStyle: Bool
    /// `https://HOST` of the service that gives keys for a web identity; `nil` for AWS' in the region.
    public var stsEndpoint: String?

    /// Describes it. With an endpoint of one's own the path style is the usual one.
    public init(
        endpoint: String? = nil, region: String = "us-east-1", usesPathStyle: Bool? = nil, stsEndpoint: String? = nil
    ) {
        self.endpoint = endpoint
        self.region = region
        self.usesPathStyle = usesPathStyle ?? (endpoint != nil)
        self.stsEndpoint = stsEndpoint
    }

    /// - Throws: ``AudioStoreError`` (configuration) for what is no endpoint.
    func check() throws(AudioStoreError) {
        for each in [endpoint, stsEndpoint] {
            guard let each else { continue }
            let host = each.drop { $0 != "/" }.dropFirst(2)
            let isValid =
                (each.hasPrefix("http://") || each.hasPrefix("https://")) && !host.isEmpty
                && !host.contains { "/?#@ ".contains($0) }
            guard isValid else {
                throw AudioStoreError(
                    code: .configuration, message: "S3 endpoint '\(each)': expected https://HOST or http://HOST:PORT")
            }
        }
        guard !region.isEmpty, region.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw AudioStoreError(
                code: .configuration, message: "S3 region '\(region)': expected one such as us-east-1")
        }
    }

    /// The URL of an object, or of the bucket.
    func url(bucket: String, key: String, query: [(String, String)] = []) -> String {
        let base = endpoint ?? "https://s3.\(region).amazonaws.com"
        let path = PercentEncoding.encode(key, keeping: "/")
        let place: String
        if usesPathStyle {
            place = "\(base)/\(bucket)/\(path)"
        } else {
            let host = base.drop { $0 != "/" }.dropFirst(2)
            place = "\(base.prefix(base.count - host.count))\(bucket).\(host)/\(path)"
        }
        // In this form and order they are signed.
        let items = query.map { (PercentEncoding.encode($0), PercentEncoding.encode($1)) }.sorted { $0 < $1 }
        return place + (items.isEmpty ? "" : "?") + items.map { "\($0)=\($1)" }.joined(separator: "&")
    }
}
