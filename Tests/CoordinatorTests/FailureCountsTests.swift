import Jobs
import Testing

@testable import Coordinator

@Suite struct FailureCountsTests {
    @Test func mostFrequentFirst() throws {
        var collector = ResultCollector(batchID: "b", record: nil)
        let reasons: [JobError.Reason?] = [.audioCorrupt, nil, .audioNotFound, .audioNotFound, .unspecified]
        for (job, reason) in zip(Examples.jobs(5, batchID: "b"), reasons) {
            var result = Examples.result(job, status: reason == nil ? .ok : .failed)
            if reason == .unspecified { result.status = .cancelled }
            if let reason, reason != .unspecified { result.error.reason = reason }
            collector.add(try Examples.record(result))
        }
        let entries = FailureCounts(collector.results).entries
        #expect(entries.map(\.name) == ["AUDIO_NOT_FOUND", "AUDIO_CORRUPT", "CANCELLED"])
        #expect(entries.map(\.count) == [2, 1, 1])
    }

    /// Jobs that were given up are told from those that failed; what was called off has no reason of its own.
    @Test func statusesApart() throws {
        var collector = ResultCollector(batchID: "b", record: nil)
        let ends: [(TranslationResult.Status, JobError.Reason)] = [
            (.failed, .storageUnavailable), (.deadLettered, .storageUnavailable), (.deadLettered, .storageUnavailable),
            (.deadLettered, .unspecified), (.cancelled, .internal), (.deadlineExceeded, .storageUnavailable),
        ]
        for (job, end) in zip(Examples.jobs(6, batchID: "b"), ends) {
            var result = Examples.result(job, status: end.0)
            result.error.reason = end.1
            collector.add(try Examples.record(result))
        }
        let counts = FailureCounts(collector.results)
        #expect(
            counts.entries.map(\.name) == [
                "DEAD_LETTERED (STORAGE_UNAVAILABLE)", "CANCELLED", "DEADLINE_EXCEEDED", "DEAD_LETTERED",
                "STORAGE_UNAVAILABLE",
            ])
        #expect(
            counts.reasons.map(\.name) == ["CANCELLED", "DEADLINE_EXCEEDED", "DEAD_LETTERED", "STORAGE_UNAVAILABLE"])
        #expect(counts.reasons.map(\.count) == [1, 1, 1, 3])
    }
}
