import ArgumentParser
import Foundation
import Yams

extension SettingLayer {
    /// Reads a configuration file.
    /// - Throws: `ValidationError` that names the file and, where there is one, the line.
    package init(yamlFile path: String) throws {
        self.init(.file)
        let root: Node?
        do {
            root = try Yams.compose(yaml: String(contentsOfFile: path, encoding: .utf8))
        } catch let error as YamlError {
            throw ValidationError("\(path): \(error)")
        } catch {
            throw ValidationError("the configuration file '\(path)' can't be read: \(error.localizedDescription)")
        }
        // A file of comments alone has no root, or an empty one.
        guard let root, root.null == nil else { return }
        guard let mapping = root.mapping else { throw ValidationError("\(path): expected lines of 'key: value'") }
        try add(mapping, under: "", path: path)
    }

    private mutating func add(_ mapping: Node.Mapping, under prefix: String, path: String) throws {
        for (key, node) in mapping {
            let origin = key.mark.map { "\(path):\($0.line)" } ?? path
            let name = prefix + (key.string ?? "")
            switch node {
            case .mapping(let inner):
                try add(inner, under: name + ".", path: path)
            case .sequence(let nodes):
                let texts = nodes.compactMap(\.scalar?.string)
                guard texts.count == nodes.count else {
                    throw ValidationError("\(origin): '\(name)' holds something that is no plain value")
                }
                try set(name, SettingValue(content: .list(texts), origin: origin))
            case .scalar(let scalar):
                // A key without a value sets nothing, but has to exist.
                var layer = self
                try layer.set(name, SettingValue(content: .text(scalar.string), origin: origin))
                if node.null == nil { self = layer }
            case .alias:
                throw ValidationError("\(origin): '\(name)' is an alias; write the value itself")
            }
        }
    }
}
