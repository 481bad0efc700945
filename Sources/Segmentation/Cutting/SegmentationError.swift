/// An option of segmentation that can't be.
public struct SegmentationError: Error, Sendable, CustomStringConvertible {
    /// The option, and what would be right.
    public let message: String
    /// Never: the same options fail again.
    public var isRetriable: Bool { false }

    init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}
