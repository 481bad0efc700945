import Platform

/// Fetches contents into a file, goes on after a broken connection where it stopped, and never mixes two versions.
struct Download {
    /// What was fetched.
    struct Contents: Sendable {
        var size: Int64
        /// The server's name for this version of it.
        var eTag: String?
    }

    let client: HTTPClient
    /// What it is, for messages.
    let subject: String
    /// Bytes at most.
    let sizeLimit: Int64
    let cancellation: CancellationFlag
    /// Makes the request for the whole; follows redirects where that is allowed.
    let request: () throws -> HTTPRequest
    /// Looks at an answer before its contents are taken.
    var check: (HTTPResponse) throws -> Void = { _ in }
    /// What an answer without success means.
    var failure: (HTTPResponse) -> any Error

    /// Connections at most that bring nothing new.
    private static let patience = 3

    private final class State {
        var offset: Int64 = 0
        /// Bytes of the whole, where the server tells.
        var total: Int64?
        var validator: String?
        var eTag: String?
    }

    /// - Parameter known: the version that is there already.
    /// - Returns: `nil` where that is still the one.
    func run(into file: LockedFile, unless known: String? = nil) throws -> Contents? {
        let deadline = ContinuousClock.now + client.timeouts.total
        let state = State()
        var barren = 0
        while true {
            let start = state.offset
            var request = try request()
            if state.offset > 0 {
                request.headers.append(("Range", "bytes=\(state.offset)-"))
                if let validator = state.validator { request.headers.append(("If-Range", validator)) }
            } else if let known {
                request.headers.append(("If-None-Match", known))
            }
            do {
                let response = try client.perform(
                    request, about: subject, deadline: deadline, cancellation: cancellation,
                    begin: { try begin($0, state, file) }, sink: { try take($0, state, file) })
                if response.status == 304, known != nil { return nil }
                guard response.isSuccess else {
                    // What was begun has changed: from the beginning.
                    guard response.status == 416, start > 0 else { throw failure(response) }
                    try restart(state, file)
                    throw broken("has changed while it was fetched")
                }
                // Without a byte of contents nobody has looked yet.
                if state.offset == start { try begin(response, state, file) }
                guard state.total.map({ state.offset >= $0 }) ?? true else {
                    throw broken("ended after \(state.offset) of \(state.total ?? 0) bytes")
                }
                return Contents(size: state.offset, eTag: state.eTag)
            } catch let error as AudioStoreError where error.code == .unavailable && error.retryAfter == nil {
                barren = state.offset > start ? 0 : barren + 1
                // Without a name for the version nothing can be gone on with safely; and a failure before anything came
                // is left to those who wait longer.
                guard state.validator != nil, state.offset > 0, barren < Self.patience, ContinuousClock.now < deadline
                else { throw error }
            }
        }
    }

    private func begin(_ response: HTTPResponse, _ state: State, _ file: LockedFile) throws {
        try check(response)
        let isPart = response.status == 206
        if isPart {
            guard let range = response.contentRange, range.start == state.offset, response.validator == state.validator
            else {
                try restart(state, file)
                throw broken("has changed while it was fetched")
            }
            if let total = range.total { state.total = total }
        } else {
            try restart(state, file)
            state.total = response.contentLength
            state.validator = response.headers["accept-ranges"] == "none" ? nil : response.validator
            state.eTag = response.eTag
        }
        if let total = state.total, total > sizeLimit { throw tooLarge("it has \(total) bytes, more") }
    }

    private func take(_ bytes: UnsafeRawBufferPointer, _ state: State, _ file: LockedFile) throws {
        guard state.offset + Int64(bytes.count) <= sizeLimit else { throw tooLarge("it has more") }
        try file.write(bytes, at: state.offset)
        state.offset += Int64(bytes.count)
    }

    private func restart(_ state: State, _ file: LockedFile) throws {
        state.offset = 0
        state.total = nil
        state.validator = nil
        state.eTag = nil
        try file.truncate(to: 0)
    }

    private func broken(_ what: String) -> AudioStoreError {
        AudioStoreError(code: .unavailable, message: "'\(subject)' \(what)")
    }

    private func tooLarge(_ what: String) -> AudioStoreError {
        AudioStoreError(code: .tooLarge, message: "'\(subject)': \(what) than the limit of \(sizeLimit) bytes")
    }
}
