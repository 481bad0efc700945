import Testing

@testable import Checkpoint

@Suite struct WeightSetTests {
    private static let a = SafetensorsBytes.file([("x", "F32", [1], [Float(1)].littleEndianBytes)])
    private static let b = SafetensorsBytes.file([
        ("y", "F32", [1], [Float(2)].littleEndianBytes), ("extra", "F32", [1], [Float(3)].littleEndianBytes),
    ])

    private func checkpoint(_ index: String, _ files: [String: [UInt8]], kind: String = "model.safetensors") throws
        -> Checkpoint
    {
        let folder = try CheckpointFolder(files: [
            "config.json", "generation_config.json", "preprocessor_config.json", "sentencepiece.bpe.model",
        ])
        try folder.write(Array(index.utf8), to: kind + ".index.json")
        for (name, bytes) in files { try folder.write(bytes, to: name) }
        return try folder.load()
    }

    @Test func findsTensorsInShards() throws {
        let checkpoint = try checkpoint(
            #"{"metadata":{"total_size":8},"weight_map":{"x":"1.safetensors","y":"2.safetensors"}}"#,
            ["1.safetensors": Self.a, "2.safetensors": Self.b])
        #expect(try checkpoint.tensor("x", shape: [1]).elements[0] == 1)
        #expect(try checkpoint.tensor("y", shape: [1]).elements[0] == 2)
        #expect(checkpoint.contains("extra") && !checkpoint.contains("z"))
    }

    @Test func findsTensorsInPyTorchShards() throws {
        func shard(_ name: String, _ value: Float) -> [UInt8] {
            PickleBytes.archive(
                PickleBytes.stateDictionary([(name, { $0.tensor(storage: 1, shape: [1], strides: [1]) })]),
                storages: ["0": [value].littleEndianBytes])
        }
        let checkpoint = try checkpoint(
            #"{"weight_map":{"x":"1.bin","y":"2.bin"}}"#, ["1.bin": shard("x", 1), "2.bin": shard("y", 2)],
            kind: "pytorch_model.bin")
        #expect(try checkpoint.tensor("x", shape: [1]).elements[0] == 1)
        #expect(try checkpoint.tensor("y", shape: [1]).elements[0] == 2)
    }

    @Test(arguments: ["../1.safetensors", "/etc/passwd", "a/1.safetensors", "", ".", "..", "1.safetensors\\u0000"])
    func refusesNamesThatAreNotPlain(_ name: String) {
        Loading.expect(.malformedFile, mentions: "weight_map.x") {
            _ = try checkpoint(#"{"weight_map":{"x":"\#(name)"}}"#, ["1.safetensors": Self.a])
        }
    }

    @Test func refusesIndexesThatDoNotFit() {
        let files = ["1.safetensors": Self.a, "2.safetensors": Self.b, "3.safetensors": Self.a]
        for index in [
            "{}", #"{"weight_map":[]}"#, #"{"weight_map":{"x":1}}"#, #"{"weight_map":{"z":"1.safetensors"}}"#, "{",
        ] {
            #expect(throws: CheckpointError.self) { try checkpoint(index, files) }
        }
        Loading.expect(.fileNotFound, mentions: "9.safetensors") {
            _ = try checkpoint(#"{"weight_map":{"x":"9.safetensors"}}"#, files)
        }
    }

    /// Where a tensor is in two shards the index decides; without its word they are in conflict.
    @Test func resolvesTensorsInTwoShards() throws {
        let other = SafetensorsBytes.file([
            ("x", "F32", [1], [Float(9)].littleEndianBytes), ("y", "F32", [1], [Float(8)].littleEndianBytes),
        ])
        let files = ["1.safetensors": Self.a, "2.safetensors": other, "3.safetensors": Self.b]
        let checkpoint = try checkpoint(#"{"weight_map":{"x":"1.safetensors","y":"2.safetensors"}}"#, files)
        #expect(try checkpoint.tensor("x", shape: [1]).elements[0] == 1)
        Loading.expect(.malformedFile, mentions: "also in another shard") {
            _ = try self.checkpoint(
                #"{"weight_map":{"x":"1.safetensors","extra":"3.safetensors","z":"2.safetensors"}}"#, files)
        }
    }

    @Test func prefersSafetensors() throws {
        let folder = try CheckpointFolder(files: [
            "config.json", "preprocessor_config.json", "sentencepiece.bpe.model", "model.safetensors",
            "pytorch_model.bin",
        ])
        #expect(try folder.load().publishedWeights.path.hasSuffix("/model.safetensors"))
        try folder.write(Array("{".utf8), to: "model.safetensors.index.json")
        #expect(try folder.load().publishedWeights.path.hasSuffix("/model.safetensors"))
        try folder.remove("model.safetensors")
        Loading.expect(.malformedFile, mentions: "index.json") { _ = try folder.load() }
        try folder.remove("model.safetensors.index.json")
        #expect(try folder.load().publishedWeights.path.hasSuffix("/pytorch_model.bin"))
    }
}
