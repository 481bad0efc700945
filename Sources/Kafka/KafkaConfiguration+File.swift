import Foundation

extension KafkaConfiguration {
    /// Reads a properties file: lines of `key=value`; blank lines and those that start with `#` are skipped.
    /// What the embedded broker prints on stdout is such a file.
    /// - Throws: ``KafkaError`` (configuration) naming the file and line.
    public static func properties(fromFile path: String) throws(KafkaError) -> [String: String] {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw KafkaError(.configuration, "\(path) can't be read", cause: error)
        }
        return try properties(text, source: path)
    }

    /// Parses what a properties file holds. Values are never quoted in errors: they may be secrets.
    static func properties(_ text: String, source: String) throws(KafkaError) -> [String: String] {
        var properties: [String: String] = [:]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "="), equals != line.startIndex else {
                throw KafkaError(.configuration, "\(source), line \(index + 1): expected key=value")
            }
            let key = line[..<equals].trimmingCharacters(in: .whitespaces)
            guard properties[key] == nil else {
                throw KafkaError(.configuration, "\(source), line \(index + 1): \(key) is set twice")
            }
            properties[key] = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        }
        return properties
    }
}
