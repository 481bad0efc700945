import Testing

@testable import Checkpoint

@Suite struct PreprocessorConfigurationTests {
    @Test func acceptsTheDefaults() throws {
        let folder = try CheckpointFolder()
        try folder.write(Array("{}".utf8), to: "preprocessor_config.json")
        #expect(try folder.load().preprocessor.samplingRate == 16_000)
    }

    @Test(arguments: [
        ("do_normalize", "false"), ("sampling_rate", "8000"), ("feature_size", "80"),
        ("feature_extractor_type", "\"WhisperFeatureExtractor\""),
    ])
    func refusesOtherInput(_ field: String, _ value: String) throws {
        let folder = try CheckpointFolder()
        try folder.set([field: value], in: "preprocessor_config.json")
        Loading.expect(.unsupportedConfiguration, mentions: "preprocessor_config.json: \(field)") {
            _ = try folder.load()
        }
    }
}
