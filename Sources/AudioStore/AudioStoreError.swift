import Platform

/// Why audio could not be fetched.
public struct AudioStoreError: Error, Sendable, CustomStringConvertible {
    /// Kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// The URI has a scheme or host that no store serves.
        case uriNotSupported
        /// The URI, or the path to make one of, is malformed.
        case uriMalformed
        /// The file lies outside the configured roots.
        case outsideRoots
        /// A configured root does not exist or is not a folder.
        case invalidRoot
        /// There is no such file.
        case notFound
        /// The file can't be opened, or is not a regular file.
        case notReadable
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong with which URI, and what would be right.
    public let message: String
    /// The error underneath, where there is one.
    public let cause: (any Error)?

    /// Creates an error.
    public init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Whether trying again may help: a fault of the storage rather than of the job.
    public var isRetriable: Bool { (cause as? SystemError)?.isTransient ?? false }

    /// The message.
    public var description: String { message }
}
