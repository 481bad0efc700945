import Jobs
import Testing

@testable import Coordinator

@Suite struct JobSpoolTests {
    private func job(_ number: Int, labelCount: Int = 0) -> TranslationJob {
        var job = TranslationJob()
        job.id = "job-\(number)"
        for label in 0..<labelCount { job.labels["\(label)"] = String(repeating: "x", count: 20_000) }
        return job
    }

    private func spool(_ jobs: [TranslationJob]) throws -> JobSpool {
        var writer = try JobSpool.Writer()
        for job in jobs { try writer.append(job) }
        return try writer.finish()
    }

    @Test func jobsComeBackInOrderWhateverTheChunk() throws {
        let jobs = (0..<20_000).map { job($0) }
        let spool = try spool(jobs)
        for limit in [1, 777, 1_000_000] {
            var read: [String] = []
            var offset: Int64 = 0
            while offset < spool.byteCount, read.count < 3000 || limit > 1 {
                let (chunk, next) = try spool.jobs(from: offset, atMost: limit)
                #expect(!chunk.isEmpty && chunk.count <= limit && next > offset)
                read += chunk.map(\.id)
                offset = next
            }
            #expect(read == jobs.prefix(read.count).map(\.id) && read.count >= 3000)
        }
    }

    @Test func jobLargerThanABlock() throws {
        let jobs = [job(0), job(1, labelCount: 30), job(2)]
        let spool = try spool(jobs)
        var read: [TranslationJob] = []
        try spool.forEach { read.append($0) }
        #expect(read == jobs)
    }

    @Test func nothing() throws {
        let spool = try spool([])
        #expect(spool.byteCount == 0)
        #expect(try spool.jobs(from: 0, atMost: 1).jobs.isEmpty)
    }

    @Test func keysTellIDsApart() {
        let derived = "00000000000000000000000000000001"
        let ids = [derived, "00000000000000000000000000000010", "1", derived.uppercased() + "A", derived + "0", "mine"]
        #expect(Set(ids.map(JobKey.init)).count == ids.count)
        #expect(JobKey("mine") == JobKey("mine"))
    }
}
