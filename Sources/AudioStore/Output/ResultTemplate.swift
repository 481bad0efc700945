/// Where results are written to: a URI with `{job_id}`, and `{batch_id}` and `{run}` as one likes.
public struct ResultTemplate: Sendable, Hashable {
    private static let names = ["batch_id", "job_id", "run"]

    private let text: String
    private let namesRuns: Bool

    /// Reads a template.
    /// - Throws: ``AudioStoreError`` (configuration) for an unknown name in braces, or a template without `{job_id}`.
    public init(_ text: String) throws(AudioStoreError) {
        self.text = text
        namesRuns = text.contains("{run}")
        var rest = text
        for name in Self.names { rest = rest.replacing("{\(name)}", with: "") }
        guard text.contains("{job_id}"), !rest.contains("{"), !rest.contains("}") else {
            throw AudioStoreError(
                code: .configuration,
                message: "output '\(text)': expected a URI with {job_id}, and with {batch_id} and {run} if you like")
        }
        guard text.hasPrefix("s3://") || text.hasPrefix("file:///") else {
            throw AudioStoreError(
                code: .configuration, message: "output '\(text)': expected s3://BUCKET/… or file:///…")
        }
    }

    /// Whether it is in object storage.
    public var isInS3: Bool { text.hasPrefix("s3://") }

    /// The URI of a result. Nothing is ever written over: where the template has no `{run}`, later runs have a name of
    /// their own, with `.run-1` before the name's suffix.
    /// - Parameters:
    ///   - batchID: empty for none, which is written as `-`.
    public func uri(jobID: String, batchID: String, run: UInt32) -> String {
        // Ids hold nothing that a URI or a key could mind.
        let uri = text.replacing("{job_id}", with: jobID).replacing("{batch_id}", with: batchID.isEmpty ? "-" : batchID)
            .replacing("{run}", with: "\(run)")
        guard run > 0, !namesRuns else { return uri }
        let nameStart = uri.lastIndex(of: "/").map { uri.index(after: $0) } ?? uri.startIndex
        let suffixStart = uri[nameStart...].lastIndex(of: ".") ?? uri.endIndex
        return "\(uri[..<suffixStart]).run-\(run)\(uri[suffixStart...])"
    }
}
