/// Something that keeps a batch from being sent.
public struct BatchProblem: Sendable, Hashable, CustomStringConvertible {
    /// Where it was found: a file, with a line where that helps.
    public let place: SourcePlace
    /// What is wrong and what would be right; begins with the field's name where there is one.
    public let message: String

    /// The place and the message, as compilers write them.
    public var description: String { "\(place): \(message)" }
}
