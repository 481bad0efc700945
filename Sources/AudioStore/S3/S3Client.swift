import Foundation
import Platform

/// Speaks to object storage: signs with AWS' version 4, as libcurl has it. All calls block their thread.
public final class S3Client: Sendable {
    /// An object of a listing.
    public struct Object: Sendable, Hashable {
        /// Where it is.
        public let location: S3Location
        /// Size in bytes.
        public let byteCount: Int64
    }

    /// Where it is and how it is spoken to.
    public let configuration: S3Configuration
    let client: HTTPClient
    private let credentials: CredentialSource

    /// Creates a client. Keys are looked for when they are needed.
    /// - Parameters:
    ///   - environment: where AWS' variables are looked up.
    ///   - caFile: certificates of authorities to trust (PEM); `nil` for the system's.
    /// - Throws: ``AudioStoreError`` (configuration).
    public init(
        _ configuration: S3Configuration, environment: [String: String] = ProcessInfo.processInfo.environment,
        timeouts: HTTPTimeouts = HTTPTimeouts(), caFile: String? = nil
    ) throws(AudioStoreError) {
        try configuration.check()
        self.configuration = configuration
        // Whoever configures an endpoint says where it is.
        client = HTTPClient(policy: AddressPolicy(allowsPrivate: true), timeouts: timeouts, caFile: caFile)
        credentials = CredentialSource(
            environment: environment, region: configuration.region, stsEndpoint: configuration.stsEndpoint,
            client: client)
    }

    /// A request, with what it is signed with.
    func request(
        _ location: S3Location, method: String = "GET", query: [(String, String)] = [], body: [UInt8] = [],
        cancellation: CancellationFlag
    ) throws -> HTTPRequest {
        var request = HTTPRequest(
            method, url: configuration.url(bucket: location.bucket, key: location.key, query: query))
        // S3 wants it said, and libcurl signs what stands here.
        request.headers.append(("x-amz-content-sha256", ContentHash.sha256(body)))
        if !body.isEmpty { request.body = body }
        request.signature = HTTPRequest.Signature(
            credentials: try credentials.credentials(cancellation: cancellation), region: configuration.region,
            service: "s3")
        return request
    }

    func error(_ response: HTTPResponse, _ subject: String) -> AudioStoreError {
        S3Answer.error(response, subject, region: configuration.region)
    }

    /// Goes through all objects whose keys begin alike, in the order of their keys.
    /// - Throws: ``AudioStoreError``; what `body` throws; `CancellationError`.
    public func list(
        _ prefix: S3Location, cancellation: CancellationFlag, _ body: (Object) throws -> Void
    ) throws {
        var token: String?
        repeat {
            var query = [("encoding-type", "url"), ("list-type", "2"), ("max-keys", "1000"), ("prefix", prefix.key)]
            if let token { query.append(("continuation-token", token)) }
            let bucket = S3Location(bucket: prefix.bucket, key: "")
            let request = try request(bucket, query: query, cancellation: cancellation)
            var bytes: [UInt8] = []
            let response = try client.perform(
                request, about: "\(prefix)", cancellation: cancellation,
                sink: { chunk in
                    guard bytes.count + chunk.count <= Self.pageLimit else { throw malformed(prefix) }
                    bytes += chunk
                })
            guard response.isSuccess else { throw error(response, "\(prefix)") }
            let page = try S3Page(bytes, bucket: prefix.bucket) ?? { throw malformed(prefix) }()
            for object in page.objects { try body(object) }
            guard page.next == nil || page.next != token else { throw malformed(prefix) }
            token = page.next
        } while token != nil
    }

    /// Writes an object, unless there is one.
    /// - Returns: Whether there was none.
    /// - Throws: ``AudioStoreError``, `CancellationError`.
    public func put(
        _ bytes: [UInt8], to location: S3Location, contentType: String, cancellation: CancellationFlag
    ) throws -> Bool {
        var request = try request(location, method: "PUT", body: bytes, cancellation: cancellation)
        request.headers += [("Content-Type", contentType), ("If-None-Match", "*")]
        let response = try client.perform(request, about: "\(location)", cancellation: cancellation)
        if response.isSuccess { return true }
        if response.status == 412 { return false }
        // Another writer is at it at this moment.
        if response.status == 409 {
            throw AudioStoreError(code: .unavailable, message: "'\(location)' is being written by somebody else")
        }
        throw error(response, "\(location)")
    }

    /// Asks whether the storage answers and takes the keys.
    /// - Throws: ``AudioStoreError``, `CancellationError`.
    public func check(bucket: String?, cancellation: CancellationFlag) throws {
        guard let bucket else {
            _ = try credentials.credentials(cancellation: cancellation)
            return
        }
        let location = S3Location(bucket: bucket, key: "")
        let query = [("list-type", "2"), ("max-keys", "1")]
        let request = try request(location, query: query, cancellation: cancellation)
        let response = try client.perform(request, about: "\(location)", cancellation: cancellation)
        guard response.isSuccess else { throw error(response, "\(location)") }
    }

    /// A thousand keys of a kilobyte each, three bytes a byte, and what stands around them.
    private static let pageLimit = 8 << 20

    private func malformed(_ prefix: S3Location) -> AudioStoreError {
        AudioStoreError(code: .unavailable, message: "'\(prefix)': the storage's list can't be read")
    }
}
