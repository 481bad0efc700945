/// The model that made a translation.
public struct EvaluatedModel: Sendable, Hashable, Codable {
    /// The checkpoint's name.
    public let name: String
    /// SHA-256 over the checkpoint's contents, in hex.
    public let digest: String
    /// Precision of the computation.
    public let precision: String

    /// Names a model.
    public init(name: String, digest: String, precision: String) {
        self.name = name
        self.digest = digest
        self.precision = precision
    }
}
