import CCurl
import Platform

/// What libcurl's callbacks of one transfer work on. They run on the thread of the transfer.
final class TransferContext {
    var response = HTTPResponse()
    /// What a callback ended the transfer for.
    private(set) var failure: (any Error)?
    /// An address that may not be connected with.
    private(set) var refusedAddress = false

    private let policy: AddressPolicy
    private let cancellation: CancellationFlag
    private let deadline: ContinuousClock.Instant
    private let begin: (HTTPResponse) throws -> Void
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private var hasBegun = false

    /// - Parameters:
    ///   - begin: called once before contents of a successful answer.
    ///   - sink: takes its contents.
    init(
        policy: AddressPolicy, cancellation: CancellationFlag, deadline: ContinuousClock.Instant,
        begin: @escaping (HTTPResponse) throws -> Void, sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) {
        self.policy = policy
        self.cancellation = cancellation
        self.deadline = deadline
        self.begin = begin
        self.sink = sink
    }

    /// A line of the header; a status line begins a new one, as after a `100 Continue`.
    func header(_ line: UnsafeRawBufferPointer) {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            response = HTTPResponse()
            response.status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            response.headers[text[..<colon].lowercased()] = String(
                value.prefix { $0 != "\r" && $0 != "\r\n" && $0 != "\n" })
        }
    }

    /// - Returns: Whether the transfer goes on.
    func body(_ bytes: UnsafeRawBufferPointer) -> Bool {
        do {
            guard response.isSuccess else {
                response.message += bytes.prefix(max(0, HTTPResponse.messageLimit - response.message.count))
                return true
            }
            if !hasBegun {
                hasBegun = true
                try begin(response)
            }
            try sink(bytes)
            return true
        } catch {
            failure = error
            return false
        }
    }

    /// - Returns: Whether the transfer goes on.
    func goesOn() -> Bool {
        if cancellation.isRaised { failure = CancellationError() }
        if failure == nil, ContinuousClock.now >= deadline { failure = TimedOut() }
        return failure == nil
    }

    /// Opens a socket, unless its address may not be connected with.
    func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let isAllowed = withUnsafePointer(to: &address.pointee.addr) { policy.allows($0) }
        guard isAllowed else {
            refusedAddress = true
            return ccurl_no_socket()
        }
        return ccurl_open_socket(address)
    }

    /// The whole took longer than it may.
    struct TimedOut: Error {}
}
