/// One name in a folder.
public struct FolderEntry: Sendable, Hashable {
    /// What a folder says of a name, without a look at the file.
    public enum Kind: Sendable, Hashable {
        /// A regular file.
        case regularFile
        /// A folder.
        case folder
        /// A symbolic link.
        case link
        /// A pipe, a socket or a device.
        case other
        /// The file system does not say.
        case unknown
    }

    /// The name's bytes, which need not be UTF-8.
    public let name: [UInt8]
    /// What it names.
    public let kind: Kind
}
