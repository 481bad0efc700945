import Checkpoint
import Foundation
import TestSupport

@testable import SpeechTranslation

/// A checkpoint under `Tests/Fixtures` with what Hugging Face made of it (see `Tests/Reference/README.md`).
struct GoldenCheckpoint: Sendable, CustomStringConvertible {
    /// `generate`'s.
    struct Arguments: Decodable, Sendable {
        var numBeams: Int?
        var maxLength: Int?
        var maxNewTokens: Int?
        var lengthPenalty: Float?
        var earlyStopping: EarlyStoppingValue?
        var noRepeatNgramSize: Int?
        var forcedBosTokenId: Int32?

        var options: DecodingOptions {
            DecodingOptions(
                target: forcedBosTokenId.map(String.init), beams: numBeams, maxLength: maxLength,
                maxNewTokens: maxNewTokens, lengthPenalty: lengthPenalty, earlyStopping: earlyStopping?.value,
                noRepeatNgramSize: noRepeatNgramSize)
        }
    }

    struct Case: Decodable, Sendable {
        let clip: ClipName
        let samples: Int?
        let tooShort: Bool?
        let arguments: Arguments?
        let sequence: [Int32]?
        let score: Float?
        let text: String?

        /// The name of its tensors.
        var utterance: String { samples.map { "\(clip.name).\($0)" } ?? clip.name }

        var options: DecodingOptions { arguments?.options ?? DecodingOptions() }
    }

    /// A JSON string or number.
    struct ClipName: Decodable, Sendable {
        let name: String
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            name = try (try? container.decode(Int.self)).map(String.init) ?? container.decode(String.self)
        }
    }

    /// `true`, `false` or `"never"`.
    struct EarlyStoppingValue: Decodable, Sendable {
        let value: EarlyStopping
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            value = (try? container.decode(Bool.self)).map { $0 ? .yes : .no } ?? .never
        }
    }

    private struct File: Decodable {
        let cases: [Case]
    }

    let name: String
    let path: String
    let cases: [Case]
    let tensors: GoldenTensors
    private let clips: GoldenTensors?

    var description: String { name }

    init(_ name: String) throws {
        self.name = name
        path = Fixtures.path(name)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        cases = try decoder.decode(File.self, from: Data(contentsOf: URL(filePath: path + "/golden.json"))).cases
        tensors = try GoldenTensors(path: path + "/golden.safetensors")
        clips =
            name.hasPrefix("variants/") ? try GoldenTensors(path: Fixtures.path("variants/clips.safetensors")) : nil
    }

    /// The samples of a case.
    func samples(_ golden: Case) -> [Float] {
        let clip = clips?.floats(golden.clip.name) ?? tensors.floats("clip.\(golden.clip.name)") ?? []
        return golden.samples.map { Array(clip.prefix($0)) } ?? clip
    }

    /// All variants in the repository.
    static func variants() throws -> [GoldenCheckpoint] {
        try FileManager.default.contentsOfDirectory(atPath: Fixtures.path("variants")).sorted()
            .filter { !$0.contains(".") }.map { try GoldenCheckpoint("variants/\($0)") }
    }
}
