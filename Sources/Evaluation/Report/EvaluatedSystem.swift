/// A system whose translations are to be scored.
public struct EvaluatedSystem: Sendable {
    /// What reports call it.
    public let name: String
    /// Its translations.
    public let results: EvaluationResults

    /// - Parameter name: `nil` for the name of the model that made the translations.
    public init(name: String? = nil, results: EvaluationResults) {
        self.results = results
        self.name = name ?? Self.models(results).first?.name ?? results.header.model?.name ?? "unknown"
    }

    /// The models that made the translations: one, unless the fleet has several.
    public var models: [EvaluatedModel] { Self.models(results) }

    private static func models(_ results: EvaluationResults) -> [EvaluatedModel] {
        Set(results.records.values.compactMap(\.model)).sorted { ($0.name, $0.digest) < ($1.name, $1.digest) }
    }
}
