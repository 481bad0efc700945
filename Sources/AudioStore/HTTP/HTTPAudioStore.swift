import Foundation
import Platform
import Synchronization

/// Audio by `http:` and `https:` URIs, from servers that a policy names.
public struct HTTPAudioStore: Sendable {
    private let policy: HTTPPolicy
    private let client: HTTPClient
    private let sizeLimit: Int64
    private let files: AudioFiles

    private static let mostRedirects = 5
    /// What sound may be called. Servers that don't know say that it is bytes.
    private static let types = [
        "audio/", "video/", "application/ogg", "application/octet-stream", "binary/octet-stream",
    ]

    /// Creates a store.
    /// - Parameters:
    ///   - sizeLimit: bytes of a recording at most.
    ///   - files: where what is fetched is put.
    public init(
        _ policy: HTTPPolicy, timeouts: HTTPTimeouts = HTTPTimeouts(), sizeLimit: Int64, caFile: String? = nil,
        files: AudioFiles
    ) {
        self.policy = policy
        self.sizeLimit = sizeLimit
        self.files = files
        client = HTTPClient(
            policy: AddressPolicy(allowsPrivate: policy.allowsPrivateAddresses), timeouts: timeouts, caFile: caFile)
    }

    /// Fetches a URI, blocking the thread.
    /// - Throws: ``AudioStoreError``, `SystemError`, `CancellationError`.
    func fetch(_ uri: String, cancellation: CancellationFlag) throws -> FetchedAudio {
        let subject = Self.subject(uri)
        let first = try checked(uri, subject)
        return try files.contents(of: uri, cancellation: cancellation) { file, known in
            let target = Mutex(first)
            var redirects = 0
            while true {
                do {
                    return try Download(
                        client: client, subject: subject, sizeLimit: sizeLimit, cancellation: cancellation,
                        request: { HTTPRequest(url: target.withLock { $0.absoluteString }) },
                        check: { try Self.check($0, subject) },
                        failure: { response in
                            if let redirect = Redirect(response) { return redirect }
                            return HTTPFailure.error(response, subject)
                        }
                    ).run(into: file, unless: known)
                } catch let redirect as Redirect {
                    redirects += 1
                    guard redirects <= Self.mostRedirects else {
                        throw AudioStoreError(
                            code: .notReadable, message: "'\(subject)' leads on more than \(Self.mostRedirects) times")
                    }
                    let next = try self.next(target.withLock { $0 }, redirect.location, subject)
                    target.withLock { $0 = next }
                }
            }
        }
    }

    private struct Redirect: Error {
        let location: String

        init?(_ response: HTTPResponse) {
            guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["location"]
            else { return nil }
            self.location = location
        }
    }

    private func next(_ url: URL, _ location: String, _ subject: String) throws -> URL {
        guard let next = URL(string: location, relativeTo: url)?.absoluteURL else {
            throw AudioStoreError(code: .notReadable, message: "'\(subject)' leads on to what is no URL")
        }
        guard url.scheme?.lowercased() != "https" || next.scheme?.lowercased() == "https" else {
            throw AudioStoreError(code: .notAllowed, message: "'\(subject)' leads on from https to http")
        }
        return try checked(next.absoluteString, subject)
    }

    /// - Throws: ``AudioStoreError`` for a URI whose server may not be asked.
    private func checked(_ uri: String, _ subject: String) throws -> URL {
        guard let url = URL(string: uri), ["http", "https"].contains(url.scheme?.lowercased()) else {
            throw AudioStoreError(
                code: .notAllowed, message: "'\(subject)' leads on to what is neither http nor https")
        }
        guard let host = url.host(percentEncoded: false), !host.isEmpty else {
            throw AudioStoreError(code: .uriMalformed, message: "'\(subject)' is no URL: write http://HOST/PATH")
        }
        guard url.user == nil, url.password == nil else {
            throw AudioStoreError(code: .notAllowed, message: "'\(subject)': names and passwords in URLs are not used")
        }
        guard policy.allows(host: host) else {
            throw AudioStoreError(
                code: .notAllowed,
                message: "'\(subject)': the host '\(host)' may not be asked; allowed are "
                    + policy.hosts.map { "'\($0)'" }.joined(separator: ", "))
        }
        return url
    }

    private static func check(_ response: HTTPResponse, _ subject: String) throws {
        guard let type = response.headers["content-type"]?.lowercased(), !type.isEmpty,
            !types.contains(where: type.hasPrefix)
        else { return }
        throw AudioStoreError(
            code: .notAudio, message: "'\(subject)' is '\(type.prefix(100))' by the server's word: expected audio")
    }

    /// The URI without what may be secret in it: links are signed in their query.
    private static func subject(_ uri: String) -> String {
        let end = uri.firstIndex { $0 == "?" || $0 == "#" } ?? uri.endIndex
        var text = String(uri[..<end])
        if let at = text.lastIndex(of: "@"), let slashes = text.range(of: "//"), slashes.upperBound < at {
            text.replaceSubrange(slashes.upperBound...at, with: "")
        }
        return text
    }
}
