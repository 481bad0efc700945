import Audio
import Foundation
import TestSupport

@testable import Segmentation

/// The demonstration's recordings.
enum Recordings {
    static let folder = Fixtures.path("demo-model/samples")

    /// Of the WAV files, without the suffix, sorted.
    static var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".wav") }.map { String($0.dropLast(4)) }.sorted()
    }

    static func samples(_ name: String) throws -> [Float] {
        try AudioDecoder().decode(path: "\(folder)/\(name).wav").samples
    }

    static func probabilities(_ samples: [Float]) throws -> [Float] {
        var detector = try SpeechDetector()
        var probabilities: [Float] = []
        detector.process(samples, into: &probabilities)
        detector.finish(into: &probabilities)
        return probabilities
    }
}
