import GRPCCore
import Platform

/// The header that says who the client is, renewed from time to time.
actor Credentials {
    private let token: BearerToken
    private var current: (value: String, readAt: ContinuousClock.Instant)?

    private static let lifetime = Duration.seconds(60)
    private static let sizeLimit = 16_384

    init(_ token: BearerToken) {
        self.token = token
    }

    /// What to send now.
    /// - Throws: ``DragomanError`` (configuration) where there is no token to be had.
    func header() async throws -> String {
        if let current, current.readAt.duration(to: .now) < Self.lifetime { return "Bearer \(current.value)" }
        let value = try await read()
        current = (value, .now)
        return "Bearer \(value)"
    }

    /// Reads the token again.
    /// - Returns: whether it is another one than the one that was sent.
    func isRenewed(after header: String) async throws -> Bool {
        if case .value = token.source { return false }
        current = nil
        return try await self.header() != header
    }

    private func read() async throws -> String {
        let text: String
        switch token.source {
        case .value(let value): text = value
        case .provider(let provider): text = try await reading(provider)
        case .file(let path):
            text = try await reading {
                try await BlockingCall.run { _ in
                    String(decoding: try OpenFile(path: path).bytes(at: 0, count: Self.sizeLimit), as: UTF8.self)
                }
            }
        }
        let token = text.drop { $0.isWhitespace }.prefix { !$0.isWhitespace }
        // As RFC 6750 has it; another character could end the header and begin another one.
        guard !token.isEmpty, token.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw DragomanError(.configuration, "\(self.token): expected a token of printable ASCII characters")
        }
        return String(token)
    }

    private func reading(_ body: () async throws -> String) async throws -> String {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw DragomanError(.configuration, "the gateway's token can't be read", cause: error)
        }
    }
}
