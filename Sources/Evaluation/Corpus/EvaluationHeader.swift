/// The first line of an evaluation's results: what all lines have in common, so that nothing else is added to them.
public struct EvaluationHeader: Sendable, Hashable, Codable {
    /// Version of the file's form.
    public let evaluation: Int
    /// What was asked of the search, by the schema's names of its fields.
    public let decoding: [String: String]
    /// The model; `nil` where the fleet's workers say which they have.
    public let model: EvaluatedModel?
    /// The fleet's batch.
    public let batch: String?

    /// Creates a header.
    public init(decoding: [String: String], model: EvaluatedModel? = nil, batch: String? = nil) {
        evaluation = 1
        self.decoding = decoding
        self.model = model
        self.batch = batch
    }

    /// What another header says differently, in words; `nil` when results of both may stand in one file.
    func difference(to other: EvaluationHeader) -> String? {
        if evaluation != other.evaluation { return "another version of Dragoman" }
        if (batch == nil) != (other.batch == nil) { return batch == nil ? "one model" : "the fleet" }
        if decoding != other.decoding {
            let options = decoding.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return options.isEmpty ? "the checkpoint's own settings" : options.joined(separator: ", ")
        }
        if let model, model != other.model { return "\(model.name) (\(model.digest.prefix(12)), \(model.precision))" }
        return nil
    }
}
