/// Audio as a local file.
public struct FetchedAudio: Sendable {
    /// Absolute path, which leads to the file as long as this value lives.
    public let path: String

    private let keeper: (any Sendable & AnyObject)?

    /// Creates a reference to a local file.
    /// - Parameters:
    ///   - path: Absolute path.
    ///   - keeper: What has to live as long as the file is needed, such as a temporary file's owner.
    public init(path: String, keeping keeper: (any Sendable & AnyObject)? = nil) {
        self.path = path
        self.keeper = keeper
    }
}
