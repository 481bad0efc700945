/// The token a client shows to a gateway. Neither its description nor a dump of it shows it.
public struct BearerToken: Sendable, CustomStringConvertible, CustomReflectable {
    enum Source: Sendable {
        case value(String)
        case file(String)
        case provider(@Sendable () async throws -> String)
    }

    let source: Source

    /// A token that stays the same.
    public static func value(_ token: String) -> Self { Self(source: .value(token)) }

    /// A token that a file holds, which may be replaced: it is read again from time to time, and when the gateway refuses
    /// what it was.
    public static func file(_ path: String) -> Self { Self(source: .file(path)) }

    /// A token that somebody else gives; asked as often as a file is read.
    public static func provider(_ provider: @escaping @Sendable () async throws -> String) -> Self {
        Self(source: .provider(provider))
    }

    /// Where it comes from.
    public var description: String {
        switch source {
        case .value: "a token"
        case .file(let path): "the token in \(path)"
        case .provider: "a token of a provider"
        }
    }

    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
