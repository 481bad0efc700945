import Jobs
import Testing

@Suite struct JobValidationTests {
    @Test func goodJobs() throws {
        try Examples.plainJob.validate()
        try Examples.job.validate()
    }

    @Test(arguments: ["", "-a", ".a", "a b", "a/b", "ü", String(repeating: "a", count: 129)])
    func badID(id: String) {
        expect("id") { $0.id = id }
        if !id.isEmpty { expect("batch_id") { $0.batchID = id } }
    }

    @Test(arguments: [
        "", "a.wav", "/a.wav", "file", ":a", "a b:c", "ä:b", "file:///\u{7}",
        "file:///" + String(repeating: "a", count: 4096),
    ])
    func badURI(uri: String) {
        expect("audio.uri") { $0.audio.uri = uri }
    }

    @Test(arguments: ["s3://bucket/key", "https://example.org/a?b=c", "file:/a", "FILE:///ä%20b c", "x-y+z.1:q"])
    func goodURI(uri: String) throws {
        var job = Examples.plainJob
        job.audio.uri = uri
        try job.validate()
    }

    @Test func badRange() {
        expect("audio.start") { $0.audio.start = -1 }
        expect("audio.start") { $0.audio.start = .nan }
        expect("audio.end") { $0.audio.end = .infinity }
        expect("audio.end") { $0.audio.end = 0 }
        expect("audio.end") {
            $0.audio.start = 2; $0.audio.end = 2
        }
        expect("audio.duration_hint") { $0.audio.durationHint = -0.5 }
        expect("audio.sha256") { $0.audio.sha256 = "abc" }
        expect("audio.sha256") { $0.audio.sha256 = String(repeating: "g", count: 64) }
    }

    @Test func badDecodingOptions() {
        expect("decoding.beams", .invalidOption) { $0.decoding.beams = 0 }
        expect("decoding.beams", .invalidOption) { $0.decoding.beams = 65 }
        expect("decoding.max_length", .invalidOption) { $0.decoding.maxLength = 0 }
        expect("decoding.max_new_tokens", .invalidOption) { $0.decoding.maxNewTokens = 5000 }
        expect("decoding.length_penalty", .invalidOption) { $0.decoding.lengthPenalty = .nan }
        expect("decoding.early_stopping", .invalidOption) { $0.decoding.earlyStopping = .UNRECOGNIZED(9) }
        expect("decoding.no_repeat_ngram_size", .invalidOption) { $0.decoding.noRepeatNgramSize = .max }
        expect("decoding.n_best", .invalidOption) {
            $0.decoding.beams = 2; $0.decoding.nBest = 3
        }
        expect("segmentation.method", .invalidOption) { $0.segmentation.method = .UNRECOGNIZED(-1) }
        expect("segmentation.max_length", .invalidOption) { $0.segmentation.maxLength = -1 }
        expect("segmentation.speech_threshold", .invalidOption) { $0.segmentation.speechThreshold = 1.5 }
        expect("target_language", .invalidOption) { $0.targetLanguage = "de\n" }
    }

    @Test func nBestBesideInvalidBeamsDoesNotTrap() {
        expect("decoding.beams", .invalidOption) {
            $0.decoding.beams = 0; $0.decoding.nBest = 1
        }
    }

    @Test func badLabels() {
        expect("labels") { $0.labels = ["": "x"] }
        expect("labels") { job in for index in 0..<33 { job.labels["k\(index)"] = "" } }
        expect("labels, key 'a\n'") { $0.labels = ["a\n": "x"] }
        expect("labels.k") { $0.labels = ["k": String(repeating: "x", count: 1025)] }
    }

    /// Off the wire a timestamp may hold any number; SwiftProtobuf itself traps on the lowest.
    @Test func timesThatAreNone() throws {
        let lowest: [UInt8] = [0x0B, 0x08] + Array(repeating: 0x80, count: 9) + [0x01]
        let good = try MessageCodec.encode(Examples.plainJob, as: .protobuf)
        for (field, tag) in [("submit_time", UInt8(12 << 3 | 2)), ("deadline", UInt8(13 << 3 | 2))] {
            let job = try MessageCodec.decode(TranslationJob.self, from: good + [tag] + lowest, format: .protobuf)
            let error = #expect(throws: JobsError.self) { try job.validate() }
            #expect(error?.message.hasPrefix(field + ": ") == true)
            #expect(job.submitDate == nil && job.deadlineDate == nil)
        }
    }

    private func expect(
        _ field: String, _ code: JobsError.Code = .invalidField, sourceLocation: SourceLocation = #_sourceLocation,
        change: (inout TranslationJob) -> Void
    ) {
        var job = Examples.plainJob
        change(&job)
        let error = #expect(throws: JobsError.self, sourceLocation: sourceLocation) { try job.validate() }
        #expect(error?.code == code, sourceLocation: sourceLocation)
        #expect(error?.message.hasPrefix(field + ": ") == true, sourceLocation: sourceLocation)
    }
}
