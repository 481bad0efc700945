import Audio
import Foundation
import TestSupport
import Testing

@testable import Segmentation

/// Against what the package's own ONNX network gave (Tests/Reference/make_speech_activity.py).
@Suite struct SpeechDetectorTests {
    private static let tolerance: Float = 1e-3
    /// As the script has them.
    private static let levels: [Float] = [1, 0.5, 0.25, 0.1, 2, 0.7, 0.03]
    private let golden: GoldenTensors

    init() throws { golden = try GoldenTensors(path: Fixtures.path("speech-activity/golden.safetensors")) }

    @Test func everySampleHasTheRecordedProbabilities() throws {
        let names = Recordings.names
        #expect(names.count == 24)
        for name in names {
            let probabilities = try Recordings.probabilities(Recordings.samples(name))
            let difference = try largestDifference(probabilities, #require(golden.floats(name)))
            #expect(difference < Self.tolerance, "\(name)")
        }
    }

    @Test func tenMinutesHaveTheRecordedProbabilities() throws {
        let clips = try Recordings.names.map(Recordings.samples)
        let minutes = Self.levels.flatMap { level in clips.flatMap { $0.map { $0 * level } } }
        #expect(minutes.count > 600 * AudioClip.sampleRate)
        let expected = try #require(golden.floats("ten-minutes"))
        let difference = largestDifference(try Recordings.probabilities(minutes), expected)
        #expect(difference < Self.tolerance)
        // And with the plainest kernels.
        var detector = try SpeechDetector(environment: ["DRAGOMAN_CPU": "scalar"])
        var probabilities: [Float] = []
        detector.process(minutes.prefix(60 * AudioClip.sampleRate), into: &probabilities)
        #expect(largestDifference(probabilities, Array(expected.prefix(probabilities.count))) < Self.tolerance)
    }

    @Test func howAudioIsCutIntoCallsChangesNothing() throws {
        let samples = try Recordings.samples("es-allison-vm-saveoper")
        let whole = try Recordings.probabilities(samples)
        for size in [1, 511, 513, 4000, 33_000] {
            var detector = try SpeechDetector()
            var probabilities: [Float] = []
            for start in stride(from: 0, to: samples.count, by: size) {
                detector.process(samples[start..<min(start + size, samples.count)], into: &probabilities)
            }
            detector.finish(into: &probabilities)
            #expect(probabilities == whole, "\(size) at a time")
        }
    }

    @Test func nothingIsHeardInSilence() throws {
        let probabilities = try Recordings.probabilities([Float](repeating: 0, count: 16_000))
        #expect(probabilities.count == 32 && probabilities.allSatisfy { $0 < 0.1 })
        #expect(try Recordings.probabilities([]).isEmpty)
    }

    private func largestDifference(_ left: [Float], _ right: [Float]) -> Float {
        guard left.count == right.count else { return .infinity }
        return zip(left, right).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
}
