extension EvaluationManifest {
    /// A line of a manifest.
    struct Row {
        /// What a line may say; the rest is nobody's business.
        enum Column: Hashable {
            case path, sentence, translation, source, target, split

            /// - Returns: `nil` for a column that does not matter.
            init?(name: String) {
                switch name {
                case "path", "audio", "uri": self = .path
                case "sentence", "transcript": self = .sentence
                case "translation", "reference": self = .translation
                case "source", "language", "source_language": self = .source
                case "target", "target_language": self = .target
                case "split": self = .split
                default: return nil
                }
            }
        }

        let path: String
        let line: Int
        private var fields: [Column: String] = [:]

        init(path: String, line: Int) {
            self.path = path
            self.line = line
        }

        subscript(column: Column) -> String? { fields[column] }

        /// Takes a value. An empty one is a sentence of nothing, elsewhere it means that the line does not say.
        mutating func set(_ column: Column, _ text: String?) {
            guard let text, !text.isEmpty || column == .sentence || column == .translation else { return }
            fields[column] = text
        }

        func failure(_ message: String) -> EvaluationError {
            EvaluationError(.invalidManifest, "\(path), line \(line): \(message)")
        }
    }
}
