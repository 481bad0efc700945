import Evaluation
import Foundation
import Platform

/// The folder an evaluation is kept in: results as they come, and the report.
struct EvaluationFolder: Sendable {
    let path: String

    var results: String { "\(path)/results.jsonl" }
    /// Results of a baseline that was translated for this evaluation.
    var baseline: String { "\(path)/baseline.jsonl" }
    /// What was sent to the fleet.
    var jobs: String { "\(path)/jobs.jsonl" }
    var report: String { "\(path)/report.md" }

    private static let picture = "report.svg"

    /// Makes the folder if it is not there.
    init(path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func write(_ report: EvaluationReport) throws {
        try Self.write(report.json, to: "\(path)/report.json")
        try Self.write(report.svg, to: "\(path)/\(Self.picture)")
        try Self.write(report.markdown(picture: Self.picture), to: self.report)
    }

    static func write(_ text: String, to path: String) throws {
        var file = try AtomicFile(path: path)
        try file.write(Array(text.utf8))
        try file.commit()
    }
}
