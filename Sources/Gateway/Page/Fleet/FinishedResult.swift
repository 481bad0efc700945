import Foundation
import GRDB
import Jobs
import SwiftProtobuf
import TranslationAPI

/// What the page tells of a result.
struct FinishedResult: Sendable {
    let job: String
    let batch: String
    let state: JobState
    /// Milliseconds since 1970.
    let time: Int64
    let change: Int64
    let result: TranslationResult

    /// Seconds in which a worker's engine was at it.
    var workSeconds: Double { result.timings.decode + result.timings.encode + result.timings.generate }

    /// Columns of `job JOIN batch`.
    static let columns = "job.name, batch.name, job.state, job.changed, job.change, job.result"

    init?(_ row: Row) {
        guard let bytes = row[5] as Data?, let result = try? TranslationResult(serializedBytes: bytes) else {
            return nil
        }
        job = row[0]
        batch = row[1]
        state = JobState(rawValue: row[2]) ?? .unspecified
        time = row[3]
        change = row[4]
        self.result = result
    }
}

/// The latest results, and the latest that are failures.
struct RecentResults: Sendable {
    static let mostResults = 200
    static let mostFailures = 20

    private(set) var results: [FinishedResult] = []
    private(set) var failures: [FinishedResult] = []
    /// The last change of the index that was looked at.
    private(set) var lastChange: Int64 = 0

    /// Takes what is new, the newest first.
    mutating func add(_ news: (results: [FinishedResult], failures: [FinishedResult], last: Int64)) {
        results = Array((news.results + results).prefix(Self.mostResults))
        failures = Array((news.failures + failures).prefix(Self.mostFailures))
        lastChange = news.last
    }

    /// Work over audio, of all or of one worker's; `nil` where nothing was translated.
    func realTimeFactor(of worker: String? = nil) -> Double? {
        let counted = results.filter { $0.result.status == .ok && (worker == nil || $0.result.worker == worker) }
        let audio = counted.reduce(0) { $0 + $1.result.audioSeconds }
        return audio > 0 ? counted.reduce(0) { $0 + $1.workSeconds } / audio : nil
    }
}
