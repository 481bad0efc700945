#if canImport(Glibc)
import Glibc
#endif

/// A failed call into the operating system.
public struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The function that failed, such as `open`.
    public let call: String
    /// The `errno` it left behind.
    public let errorNumber: Int32
    /// The file concerned, where there is one.
    public let path: String?

    /// Creates an error from a call's name, its `errno` and the file it was about.
    public init(call: String, errorNumber: Int32, path: String? = nil) {
        self.call = call
        self.errorNumber = errorNumber
        self.path = path
    }

    /// Whether the file or a folder on the way to it does not exist.
    public var isNotFound: Bool { errorNumber == ENOENT || errorNumber == ENOTDIR }

    /// Whether permissions forbid the call.
    public var isPermissionDenied: Bool { errorNumber == EACCES || errorNumber == EPERM }

    /// The path, the reason and the call.
    public var description: String {
        let reason = String(cString: strerror(errorNumber))
        guard let path else { return "\(call): \(reason)" }
        return "\(path): \(reason) (\(call))"
    }
}
