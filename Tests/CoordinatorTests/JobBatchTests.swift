import Coordinator
import Jobs
import Testing

@Suite struct JobBatchTests {
    @Test func jobsAreCompleteAndInOrder() throws {
        var template = TranslationJob()
        template.targetLanguage = "de"
        template.labels = ["k": "v"]
        let batch = try JobBatch(uris: Examples.uris(3), template: template)
        #expect(batch.jobs.map(\.audio.uri) == Examples.uris(3))
        #expect(batch.jobs.map(\.batchIndex) == [0, 1, 2])
        #expect(batch.jobs.allSatisfy { $0.id == $0.derivedID && $0.batchID == batch.id && $0.labels == ["k": "v"] })
        #expect(batch.id == BatchID.derived(from: batch.jobs.map(\.id)) && batch.digest == batch.id)
    }

    @Test func sameFilesAreTheSameBatch() throws {
        let first = try JobBatch(uris: Examples.uris(3), template: TranslationJob())
        let second = try JobBatch(uris: Examples.uris(3), template: TranslationJob())
        let other = try JobBatch(uris: Examples.uris(3).reversed(), template: TranslationJob())
        #expect(first.id == second.id && first.id != other.id)
    }

    @Test func duplicatesGoOnce() throws {
        let uris = Examples.uris(2)
        let batch = try JobBatch(uris: uris + [uris[0]], template: TranslationJob(), name: "mine")
        #expect(batch.jobs.count == 2 && batch.duplicates == [uris[0]] && batch.id == "mine")
        #expect(batch.digest == (try JobBatch(uris: uris, template: TranslationJob())).digest)
    }

    @Test func whatIsWrongIsFoundBeforeAnythingIsSent() {
        #expect(throws: CoordinatorError.self) { try JobBatch(uris: [], template: TranslationJob()) }
        #expect(throws: JobsError.self) { try JobBatch(uris: ["a.wav"], template: TranslationJob()) }
        #expect(throws: JobsError.self) {
            try JobBatch(uris: Examples.uris(1), template: TranslationJob(), name: "a b")
        }
    }
}
