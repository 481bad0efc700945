import CCurl
import Platform
import Synchronization

/// Makes requests with libcurl, each on the thread that asks for it, and keeps connections for the next.
final class HTTPClient: Sendable {
    let timeouts: HTTPTimeouts
    private let policy: AddressPolicy
    private let caFile: String?
    /// Handles that nobody uses. A connection that one of them keeps was opened under ``policy``.
    private let idle = Mutex<[CurlHandle]>([])
    private static let mostIdle = 32

    /// - Parameter caFile: certificates of authorities to trust (PEM); `nil` for the system's.
    init(policy: AddressPolicy, timeouts: HTTPTimeouts = HTTPTimeouts(), caFile: String? = nil) {
        self.policy = policy
        self.timeouts = timeouts
        self.caFile = caFile
    }

    /// Performs a request, blocking the thread.
    /// - Parameters:
    ///   - subject: what it is about, for messages: URLs may hold secrets.
    ///   - begin: called once with a successful answer, before its contents.
    ///   - sink: takes its contents.
    /// - Returns: The answer, whatever its status.
    /// - Throws: `AudioStoreError` where there is none; what `begin` and `sink` throw; `CancellationError`.
    @discardableResult
    func perform(
        _ request: HTTPRequest, about subject: String, deadline: ContinuousClock.Instant? = nil,
        cancellation: CancellationFlag, begin: (HTTPResponse) throws -> Void = { _ in },
        sink: (UnsafeRawBufferPointer) throws -> Void = { _ in }
    ) throws -> HTTPResponse {
        guard let handle = idle.withLock({ $0.popLast() }) ?? CurlHandle() else {
            throw AudioStoreError(code: .unavailable, message: "'\(subject)': libcurl can't be used")
        }
        return try withoutActuallyEscaping(begin) { begin in
            try withoutActuallyEscaping(sink) { sink in
                let context = TransferContext(
                    policy: policy, cancellation: cancellation, deadline: deadline ?? .now + timeouts.total,
                    begin: begin, sink: sink)
                let outcome = handle.perform(request, timeouts, caFile: caFile, context)
                idle.withLock { if $0.count < Self.mostIdle { $0.append(handle) } }
                if let failure = context.failure {
                    guard failure is TransferContext.TimedOut else { throw failure }
                    throw AudioStoreError(
                        code: .unavailable, message: "'\(subject)' did not come within \(timeouts.total)")
                }
                guard outcome == CURLE_OK else { throw Self.error(outcome, subject, context) }
                return context.response
            }
        }
    }

    private static func error(_ code: CURLcode, _ subject: String, _ context: TransferContext) -> AudioStoreError {
        let reason = curl_easy_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
        switch code {
        case CURLE_COULDNT_CONNECT where context.refusedAddress:
            return AudioStoreError(
                code: .notAllowed,
                message: "'\(subject)' is at an address of a private or local network, which may not be asked")
        case CURLE_URL_MALFORMAT:
            return AudioStoreError(code: .uriMalformed, message: "'\(subject)': \(reason)")
        case CURLE_UNSUPPORTED_PROTOCOL:
            return AudioStoreError(code: .uriNotSupported, message: "'\(subject)': \(reason)")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            return AudioStoreError(
                code: .notReadable, message: "'\(subject)': the server's certificate can't be trusted: \(reason)")
        default:
            return AudioStoreError(code: .unavailable, message: "'\(subject)': \(reason)")
        }
    }
}
