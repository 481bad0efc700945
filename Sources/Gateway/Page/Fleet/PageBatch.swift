import Foundation
import GRDB
import Jobs
import SwiftProtobuf
import TranslationAPI

/// A batch as the page's API tells it. Times are milliseconds since 1970.
struct PageBatch: Sendable, Encodable {
    /// Batches on the page.
    static let most = 50

    let id: String
    let jobs: Int
    let waiting: Int
    let delayed: Int
    let succeeded: Int
    let failed: Int
    let cancelled: Int
    let deadlineExceeded: Int
    let deadLettered: Int
    let audioSeconds: Double
    let isSubmitted: Bool
    let isFinished: Bool
    let createTime: Int64
    let etaSeconds: Double?
    let labels: [String: String]

    /// - Parameter row: id, name, open, complete and created of a batch.
    init(_ row: Row, tallies: [JobState: (jobs: Int, seconds: Double)], rates: FinishRates) throws {
        let open = try (row[2] as Data?).map { try BatchRecord(serializedBytes: $0) }
        let complete = try (row[3] as Data?).map { try BatchRecord(serializedBytes: $0) }
        func count(_ state: JobState) -> Int { tallies[state]?.jobs ?? 0 }
        id = row[1]
        waiting = count(.waiting)
        delayed = count(.delayed)
        succeeded = count(.succeeded)
        failed = count(.failed)
        cancelled = count(.cancelled)
        deadlineExceeded = count(.deadlineExceeded)
        deadLettered = count(.deadLettered)
        let seen = tallies.values.reduce(0) { $0 + $1.jobs }
        let finished = tallies.reduce(0) { $0 + ($1.key.isFinal ? $1.value.jobs : 0) }
        jobs = max(seen, complete.map { Int($0.jobCount) } ?? 0)
        audioSeconds = tallies.values.reduce(0) { $0 + $1.seconds }
        isSubmitted = complete != nil
        isFinished = complete != nil && finished >= jobs
        let submitted = [open, complete].lazy.compactMap { $0?.submitDate }.first
        createTime = submitted.map { Int64($0.timeIntervalSince1970 * 1000) } ?? row[4]
        etaSeconds = isFinished ? nil : rates.remainingSeconds(ofBatch: row[1], finished: finished, of: jobs)
        labels = complete?.labels ?? open?.labels ?? [:]
    }
}
