import Platform

/// Why audio could not be fetched, or a result not be written.
public struct AudioStoreError: Error, Sendable, CustomStringConvertible {
    /// Kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// The URI has a scheme or host that no store serves.
        case uriNotSupported
        /// The URI, or the path to make one of, is malformed.
        case uriMalformed
        /// The file lies outside the configured roots.
        case outsideRoots
        /// A host or an address that may not be asked.
        case notAllowed
        /// A configured root does not exist or is not a folder.
        case invalidRoot
        /// There is no such file.
        case notFound
        /// The file can't be opened, is not a regular file, or the storage refuses to give it.
        case notReadable
        /// More bytes than the limit.
        case tooLarge
        /// What the server sends is no audio by its own word.
        case notAudio
        /// The storage does not answer, or asks to be left alone for a while.
        case unavailable
        /// A setting of the storage makes no sense, or its credentials are missing.
        case configuration
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong with which URI, and what would be right.
    public let message: String
    /// The error underneath, where there is one.
    public let cause: (any Error)?
    /// How long the storage asks to be left alone.
    public let retryAfter: Duration?

    /// Creates an error.
    public init(code: Code, message: String, cause: (any Error)? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
        self.retryAfter = retryAfter
    }

    /// Whether trying again may help: a fault of the storage rather than of the job.
    public var isRetriable: Bool { code == .unavailable || (cause as? SystemError)?.isTransient ?? false }

    /// The message.
    public var description: String { message }
}
