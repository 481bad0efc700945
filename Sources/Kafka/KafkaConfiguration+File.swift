import Foundation

extension KafkaConfiguration {
    /// What the name of a property ends with whose value is in a file.
    static let fileSuffix = ".file"

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

    /// The properties, each `NAME.file=PATH` replaced by `NAME` with what the file holds, less a trailing line break.
    /// - Throws: ``KafkaError`` (configuration) naming property and file, never what the file holds.
    func propertiesWithFileContents() throws(KafkaError) -> [String: String] {
        var result: [String: String] = [:]
        for (name, value) in properties {
            guard name.hasSuffix(Self.fileSuffix) else {
                result[name] = value
                continue
            }
            let property = String(name.dropLast(Self.fileSuffix.count))
            guard properties[property] == nil else {
                throw KafkaError(.configuration, "both \(property) and \(name) are set: one of them is enough")
            }
            do {
                let text = try String(contentsOfFile: value, encoding: .utf8)
                result[property] = text.last?.isNewline == true ? String(text.dropLast()) : text
            } catch {
                throw KafkaError(.configuration, "property \(name): \(value) can't be read", cause: error)
            }
        }
        return result
    }
}
