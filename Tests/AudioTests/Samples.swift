import Foundation
import TestSupport

/// The recordings that tests read.
enum Samples {
    /// This target's own recordings; `Fixtures/make.py` says how they were made.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// Recordings of `Fixtures` that are read, by name.
    static let small = [
        "a-law.aifc", "double.au", "eight-channels.wav", "extensible-24.wav", "float.aiff", "gsm.wav", "long-16.rf64",
        "mu-law.au", "opus.ogg", "pcm-24.aiff", "stereo.flac", "stereo.mp3", "vorbis.ogg",
    ]

    static func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appending(path: name))) }

    /// Path of one of the demonstration's recordings.
    static func demo(_ name: String) -> String { Fixtures.path("demo-model/samples/" + name) }

    /// A sine at full precision.
    static func sine(_ frequency: Double, rate: Double, seconds: Double, amplitude: Double = 0.5) -> [Float] {
        (0..<Int(rate * seconds)).map { Float(amplitude * sin(2 * .pi * frequency * Double($0) / rate)) }
    }
}
