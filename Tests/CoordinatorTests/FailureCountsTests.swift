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
}
