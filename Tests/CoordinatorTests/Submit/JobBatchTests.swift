import Jobs
import Testing

@testable import Coordinator

@Suite struct JobBatchTests {
    @Test func jobsAreInOrderAndNamedByWhatTheyAre() throws {
        var template = TranslationJob()
        template.targetLanguage = "de"
        template.labels = ["k": "v"]
        let batch = try JobBatch(uris: Examples.uris(3), template: template)
        let jobs = try batch.jobs
        #expect(jobs.map(\.audio.uri) == Examples.uris(3))
        #expect(jobs.map(\.batchIndex) == [0, 1, 2])
        #expect(jobs.allSatisfy { $0.id == $0.derivedID && $0.labels == ["k": "v"] })
        #expect(batch.id == BatchID.derived(from: jobs.map(\.id)) && batch.digest == batch.id && batch.jobCount == 3)
    }

    @Test func sameFilesAreTheSameBatch() throws {
        let first = try JobBatch(uris: Examples.uris(3))
        let second = try JobBatch(uris: Examples.uris(3))
        let other = try JobBatch(uris: Examples.uris(3).reversed())
        #expect(first.id == second.id && first.id != other.id)
    }

    @Test func duplicatesGoOnce() throws {
        let uris = Examples.uris(2)
        let batch = try JobBatch(uris: uris + [uris[0]], name: "mine")
        #expect(batch.jobCount == 2 && batch.duplicates.first == [uris[0]] && batch.id == "mine")
        #expect(batch.digest == (try JobBatch(uris: uris)).digest)
    }

    @Test func faultsAreCountedAndTheFirstTwentyKept() throws {
        let batch = try JobBatch(uris: (0..<25).map { "\($0).wav" } + Examples.uris(1))
        #expect(batch.problems.count == 25 && batch.problems.first.count == 20 && batch.problems.furtherCount == 5)
        #expect(batch.problems.first[7].description.hasPrefix("7.wav: audio.uri: expected an absolute URI"))
        #expect(batch.jobCount == 1)
    }

    @Test func templateThatCannotBe() {
        var template = TranslationJob()
        template.decoding.beams = 1000
        #expect(throws: JobsError.self) { try BatchPlanner(template: template) }
        #expect(throws: JobsError.self) { try BatchPlanner(template: TranslationJob(), name: "a b") }
    }

    @Test func lengthsAddUpAsFarAsTheyAreKnown() throws {
        var summary = JobBatch.Summary(TranslationJob())
        func add(start: Double? = nil, end: Double? = nil, hint: Double? = nil) {
            var job = TranslationJob()
            if let start { job.audio.start = start }
            if let end { job.audio.end = end }
            if let hint { job.audio.durationHint = hint }
            summary.add(job)
        }
        add(hint: 10)
        add(start: 4, hint: 10)
        add(start: 4, end: 6)
        add(end: 100, hint: 10)
        #expect(summary.audioSeconds == 10 + 6 + 2 + 10 && summary.unknownLengthCount == 0)
        add(start: 4)
        add(start: 20, hint: 10)
        #expect(summary.audioSeconds == 28 && summary.unknownLengthCount == 1)
    }
}
