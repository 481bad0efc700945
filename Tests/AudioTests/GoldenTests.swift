import Audio
import Foundation
import TestSupport
import Testing

/// Against what soundfile, soxr and the feature extractor gave for the same files.
@Suite struct GoldenTests {
    private struct Sample: Decodable {
        let path: String
        let samplesAt16k: Int

        enum CodingKeys: String, CodingKey {
            case path
            case samplesAt16k = "samples_at_16k"
        }
    }

    private struct Recording: Decodable {
        let count: Int
        let seconds: Double
        let every61st: [Float]
    }

    @Test func everySampleHasTheRecordedLength() throws {
        let data = try Data(contentsOf: URL(filePath: Samples.demo("token-ids.json")))
        let samples = try JSONDecoder().decode([Sample].self, from: data)
        #expect(samples.count >= 24)
        for sample in samples {
            let clip = try AudioDecoder().decode(path: Samples.demo(sample.path))
            #expect(clip.samples.count == sample.samplesAt16k, "\(sample.path)")
        }
    }

    @Test(arguments: ["es-allison-vm-saveoper", "fr-june-confbridge-lock-no-join", "ru-ivrvoice-confbridge-muted"])
    func theWaveformIsTheRecordedOne(name: String) throws {
        let golden = try GoldenTensors(path: Fixtures.path("demo-model/golden/\(name).safetensors"))
        let clip = try AudioDecoder().decode(path: Samples.demo(name + ".wav"))
        #expect(try maximumDifference(clip.samples, #require(golden.floats("clip"))) <= 1e-6)
    }

    @Test func normalisingGivesTheRecordedInputValues() throws {
        let name = "ru-ivrvoice-confbridge-muted"
        let golden = try GoldenTensors(path: Fixtures.path("demo-model/golden/\(name).safetensors"))
        let values = try AudioNormalizer.normalize(AudioDecoder().decode(path: Samples.demo(name + ".wav")).samples)
        #expect(try maximumDifference(values, #require(golden.floats("input_values"))) <= 2e-6)
    }

    @Test(arguments: Samples.small)
    func everyFormatGivesWhatSoundfileAndSoxrGive(name: String) throws {
        let data = try Data(contentsOf: Samples.folder.appending(path: "expected.json"))
        let expected = try #require(try JSONDecoder().decode([String: Recording].self, from: data)[name])
        let clip = try AudioDecoder().decode(path: Samples.path(name))
        #expect(clip.samples.count == expected.count)
        #expect(abs(clip.duration - expected.seconds) < 1e-9)
        let picked = stride(from: 0, to: clip.samples.count, by: 61).map { clip.samples[$0] }
        // Decoders of lossy formats differ in the last bits between versions.
        #expect(maximumDifference(picked, expected.every61st) <= 1e-6)
    }

    private func maximumDifference(_ left: [Float], _ right: [Float]) -> Float {
        guard left.count == right.count else { return .infinity }
        return zip(left, right).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
}
