/// How much is decoded at a time; an utterance that exceeds a limit by itself is decoded alone.
public struct DecodingLimits: Sendable, Hashable {
    /// Rows of a step: the beams of all utterances together. Beyond some tens a step costs as much per row as alone. (An
    /// utterance's first step reads its prompt instead, in two rows.)
    public var rows: Int
    /// Bytes that the attention of all utterances may come to need: keys and values of their frames, and of as many tokens
    /// as they may have.
    public var memory: Int

    /// - Parameters:
    ///   - rows: at least 1.
    ///   - memory: bytes.
    public init(rows: Int = 40, memory: Int = 2 << 30) {
        self.rows = rows
        self.memory = memory
    }
}
