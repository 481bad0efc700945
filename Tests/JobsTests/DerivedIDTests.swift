import Jobs
import Testing

/// The expected ids were computed in Python (hashlib) from the description in the documentation.
@Suite struct DerivedIDTests {
    @Test func plainJob() {
        #expect(Examples.plainJob.derivedID == "ef028a8b48c5680f7bb3c1837eeba05c")
    }

    @Test func jobWithEverything() {
        #expect(Examples.job.derivedID == "d3a4bad3a90e00ff2d5446af5250ad36")
    }

    @Test func batch() {
        #expect(BatchID.derived(from: ["a", "b"]) == "17cf1f5fdd354e24440448fac9aa7370")
    }

    @Test func whoAsksAndWhenDoesNotMatter() {
        var job = Examples.job
        job.id = "other"
        job.batchID = "other"
        job.batchIndex = 0
        job.run = 0
        job.labels = [:]
        job.sourceLanguage = ""
        job.audio.durationHint = 3
        job.submitDate = nil
        job.deadlineDate = nil
        #expect(job.derivedID == Examples.job.derivedID)
    }

    @Test func absentIsNotZero() {
        var job = Examples.plainJob
        job.audio.start = 0
        #expect(job.derivedID != Examples.plainJob.derivedID)
    }

    @Test func valuesDoNotRunTogether() {
        #expect(BatchID.derived(from: ["ab", "c"]) != BatchID.derived(from: ["a", "bc"]))
        #expect(BatchID.derived(from: ["a\njob:1:b"]) != BatchID.derived(from: ["a", "b"]))
    }
}
