/// A job and which of its runs: what a result answers. The CloudEvents id of a result, `ID/RUN`.
public struct JobRun: Sendable, Hashable, CustomStringConvertible {
    /// The job's id.
    public var jobID: String
    /// Which of its runs.
    public var run: UInt32

    /// Creates it from its parts.
    public init(jobID: String, run: UInt32) {
        self.jobID = jobID
        self.run = run
    }

    /// Reads a CloudEvents id.
    /// - Returns: `nil` for what is not `ID/RUN`.
    public init?(_ text: String) {
        guard let slash = text.lastIndex(of: "/"), slash != text.startIndex,
            let run = UInt32(text[text.index(after: slash)...])
        else { return nil }
        self.init(jobID: String(text[..<slash]), run: run)
    }

    /// As the CloudEvents id has it.
    public var description: String { "\(jobID)/\(run)" }
}
