/// Why a checkpoint could not be loaded. The message names the file, and the tensor or field in it, and says what was
/// expected there.
public struct CheckpointError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// The directory, or a file a checkpoint must have, does not exist.
        case fileNotFound
        /// A file exists but can't be opened or mapped.
        case fileNotReadable
        /// A file can't be created or written.
        case fileNotWritable
        /// A file is not what its name says, is cut short or contradicts itself.
        case malformedFile
        /// A weight file is sound but of a kind that is not read: compressed, encrypted, legacy or sharded in subfolders.
        case unsupportedFormat
        /// A pickle uses an opcode or a global that the weights of a model have no use for.
        case unsafePickle
        /// A configuration field is missing, of the wrong type or out of range.
        case invalidConfiguration
        /// A configuration field asks for something the engine does not do.
        case unsupportedConfiguration
        /// The weights lack a tensor the configuration calls for.
        case missingTensor
        /// A tensor's shape is not the one the configuration calls for.
        case shapeMismatch
        /// A tensor's element type can't be turned into float32.
        case unsupportedDataType
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, where, and what would be right.
    public let message: String
    /// The error underneath, where there is one.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Whether trying again can help: never, since a checkpoint's files do not change by themselves.
    public var isRetriable: Bool { false }

    /// The message.
    public var description: String { message }
}
