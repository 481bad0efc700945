import Foundation

/// A line of JSON as the tool prints it.
struct ParsedLine: Decodable {
    struct Failure: Decodable {
        let reason: String
        let message: String
    }

    struct Alternative: Decodable {
        let text: String
        let tokens: [Int32]
        let beamScore: Float?
        let meanTokenLogprob: Float?

        enum CodingKeys: String, CodingKey {
            case text, tokens
            case beamScore = "beam_score"
            case meanTokenLogprob = "mean_token_logprob"
        }
    }

    let file: String
    let status: String
    let text: String
    let tokens: [Int32]
    let beamScore: Float?
    let meanTokenLogprob: Float?
    let alternatives: [Alternative]?
    let audioSeconds: Double?
    let timings: [String: Double]?
    let error: Failure?
    let jobID: String?
    let batchIndex: Int?
    let labels: [String: String]?

    enum CodingKeys: String, CodingKey {
        case file, status, text, tokens, alternatives, timings, error, labels
        case beamScore = "beam_score"
        case meanTokenLogprob = "mean_token_logprob"
        case audioSeconds = "audio_seconds"
        case jobID = "job_id"
        case batchIndex = "batch_index"
    }

    static func parse(_ lines: some Sequence<Substring>) throws -> [ParsedLine] {
        try lines.map { try JSONDecoder().decode(ParsedLine.self, from: Data($0.utf8)) }
    }
}
