/// A page of a listing (ListObjectsV2, with `encoding-type=url`).
struct S3Page {
    private(set) var objects: [S3Client.Object] = []
    /// What the next page is asked for with; `nil` at the end.
    private(set) var next: String?

    /// - Returns: `nil` for what is none.
    init?(_ bytes: [UInt8], bucket: String) {
        let texts = XMLText(bytes).texts
        guard texts.last?.path == ["ListBucketResult"] else { return nil }
        var key: String?
        var size: Int64?
        var isTruncated = false
        for (path, text) in texts {
            switch path.dropFirst() {
            case ["Contents", "Key"]:
                // As forms are encoded, with '+' for a space.
                guard let decoded = PercentEncoding.decode(text.replacing("+", with: "%20")) else { return nil }
                key = decoded
            case ["Contents", "Size"]: size = Int64(text)
            case ["Contents"]:
                guard let key, let size else { return nil }
                objects.append(.init(location: S3Location(bucket: bucket, key: key), byteCount: size))
            case ["IsTruncated"]: isTruncated = text == "true"
            case ["NextContinuationToken"]: next = text
            default: break
            }
        }
        if !isTruncated { next = nil }
    }
}
