import Platform

/// Audio in object storage, by `s3:` URIs.
public struct S3AudioStore: Sendable {
    private let client: S3Client
    private let buckets: [String]?
    private let sizeLimit: Int64
    private let files: AudioFiles

    /// Creates a store.
    /// - Parameters:
    ///   - buckets: those that may be named; `nil` for all.
    ///   - sizeLimit: bytes of a recording at most.
    ///   - files: where what is fetched is put.
    public init(_ client: S3Client, buckets: [String]? = nil, sizeLimit: Int64, files: AudioFiles) {
        self.client = client
        self.buckets = buckets
        self.sizeLimit = sizeLimit
        self.files = files
    }

    /// Fetches a URI, blocking the thread.
    /// - Throws: ``AudioStoreError``, `SystemError`, `CancellationError`.
    func fetch(_ uri: String, cancellation: CancellationFlag) throws -> FetchedAudio {
        let location = try S3Location(uri: uri)
        guard !location.key.isEmpty else {
            throw AudioStoreError(code: .uriMalformed, message: "'\(uri)' names a bucket: write s3://BUCKET/KEY")
        }
        guard buckets?.contains(location.bucket) ?? true else {
            throw AudioStoreError(
                code: .notAllowed, message: "'\(uri)': the bucket '\(location.bucket)' may not be read from")
        }
        return try files.contents(of: uri, cancellation: cancellation) { file, known in
            try Download(
                client: client.client, subject: uri, sizeLimit: sizeLimit, cancellation: cancellation,
                request: { try client.request(location, cancellation: cancellation) },
                failure: { client.error($0, uri) }
            ).run(into: file, unless: known)
        }
    }
}
