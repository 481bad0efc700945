import Foundation
import TestSupport

@testable import Evaluation

/// What sacreBLEU says of the texts in `Tests/Fixtures/scores` (`Tests/Reference/make_scores.py`).
struct ScoreGoldens: Decodable {
    struct BLEUScore: Decodable {
        let score: Double
        let precisions: [Double]
        let bp: Double
        let counts: [Int]
        let totals: [Int]
        let sysLen: Int
        let refLen: Int
        let signature: String
        let text: String
    }

    struct CHRFScore: Decodable {
        let score: Double
        let signature: String
        let text: String
    }

    struct Scores: Decodable {
        let bleu: [String: BLEUScore]
        let sentenceBleu: [String: [Double]]
        let chrf: [String: CHRFScore]
        let sentenceChrf: [String: [Double]]
    }

    struct Bootstrap: Decodable {
        struct System: Decodable {
            let score: Double
            let mean: Double
            let ci: Double
            let pValue: Double?
        }

        let signature: String
        let systems: [System]
    }

    struct Draw: Decodable {
        let seed: UInt64
        let bound: Int
        let values: [Int]
    }

    let pairs: Scores
    let second: Scores
    let bootstrap: [String: [String: Bootstrap]]
    let demo: [String: Scores]
    let demoBootstrap: [String: Bootstrap]
    let draws: [Draw]

    static func load() throws -> ScoreGoldens {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Self.self, from: Data(contentsOf: URL(filePath: Fixtures.path("scores/golden.json"))))
    }

    /// The lines of a text: `references`, `first` or `second`.
    static func lines(_ name: String) throws -> [String] {
        try SegmentFile(path: Fixtures.path("scores/\(name).txt")).segments
    }

    /// A column of the demonstration's samples.
    static func samples(_ column: String) throws -> [String] {
        let rows = try SegmentFile.lines(of: Fixtures.path("demo-model/samples/samples.tsv")).map(TSVRecord.fields)
        let index = rows[0].firstIndex(of: column) ?? 0
        return rows.dropFirst().map { $0[index] }
    }
}
