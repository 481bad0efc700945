import Platform

/// Audio from several stores, by the scheme of its URI.
public struct RoutedAudioStore: AudioStore {
    private let files: FileAudioStore?
    private let s3: S3AudioStore?
    private let http: HTTPAudioStore?

    /// Puts stores together; a scheme without one is refused.
    public init(files: FileAudioStore? = nil, s3: S3AudioStore? = nil, http: HTTPAudioStore? = nil) {
        self.files = files
        self.s3 = s3
        self.http = http
    }

    /// Fetches what a URI names.
    /// - Throws: ``AudioStoreError``, `SystemError`, `CancellationError`.
    public func fetch(_ uri: String) async throws -> FetchedAudio {
        let scheme = uri.prefix { $0 != ":" }.lowercased()
        switch scheme {
        case "file":
            if let files { return try await files.fetch(uri) }
            throw unsupported(scheme, "--audio-root")
        case "s3":
            if let s3 { return try await BlockingCall.run { try s3.fetch(uri, cancellation: $0) } }
            throw unsupported(scheme, "--s3-endpoint or --s3-region")
        case "http", "https":
            if let http { return try await BlockingCall.run { try http.fetch(uri, cancellation: $0) } }
            throw unsupported(scheme, "--http-host")
        default:
            throw AudioStoreError(
                code: .uriNotSupported,
                message: "'\(scheme.prefix(20)):' URIs can't be fetched: expected file:, s3: or https:")
        }
    }

    private func unsupported(_ scheme: String, _ option: String) -> AudioStoreError {
        AudioStoreError(
            code: .uriNotSupported,
            message: "'\(scheme):' URIs are not fetched here: the worker was started without \(option)")
    }
}
