/// What can go wrong when the compute layer is set up.
public struct ComputeError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// `DRAGOMAN_CPU` names an instruction set that does not exist or that this machine lacks.
        case unavailableInstructionSet
        /// No thread could be started.
        case noThread
    }

    /// The kind of failure.
    public let code: Code
    /// What happened and what would be right.
    public let message: String
    /// Never: both are settled at start.
    public var isRetriable: Bool { false }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
