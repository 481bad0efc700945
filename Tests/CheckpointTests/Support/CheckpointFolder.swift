import Foundation
import TestSupport

@testable import Checkpoint

/// A copy of a fixture checkpoint's small files in a folder of its own, to be changed.
struct CheckpointFolder {
    let folder: TemporaryDirectory

    /// - Parameters:
    ///   - fixture: The checkpoint to start from.
    ///   - files: Which of its files to take.
    init(
        _ fixture: String = "tiny",
        files: [String] = [
            "config.json", "generation_config.json", "preprocessor_config.json", "sentencepiece.bpe.model",
            "model.safetensors",
        ]
    ) throws {
        folder = try TemporaryDirectory()
        for file in files {
            try FileManager.default.copyItem(atPath: Fixtures.path(fixture + "/" + file), toPath: folder.file(file))
        }
    }

    func load() throws -> Checkpoint { try Checkpoint(path: folder.path) }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: folder.file(file)) }

    func write(_ bytes: some Sequence<UInt8>, to file: String) throws { try folder.write(bytes, to: file) }

    /// Sets fields of a JSON file, named by path (`encoder.hidden_size`), to JSON texts; an empty text removes the field.
    func set(_ fields: [String: String], in file: String = "config.json") throws {
        let data = try Data(contentsOf: URL(filePath: folder.file(file)))
        var root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        for (path, text) in fields {
            let value =
                text.isEmpty ? nil : try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            Self.set(path.split(separator: ".").map(String.init)[...], to: value, in: &root)
        }
        try write(JSONSerialization.data(withJSONObject: root), to: file)
    }

    private static func set(_ path: ArraySlice<String>, to value: Any?, in object: inout [String: Any]) {
        guard let field = path.first else { return }
        guard path.count > 1 else { return object[field] = value }
        var inner = object[field] as? [String: Any] ?? [:]
        set(path.dropFirst(), to: value, in: &inner)
        object[field] = inner
    }
}
