import Foundation
import Jobs
import TestSupport
import Testing

@Suite struct MessageCodecTests {
    @Test func jobAsProtobuf() throws {
        let bytes = try MessageCodec.encode(Examples.job, as: .protobuf)
        #expect(Data(bytes).base64EncodedString() == Examples.jobProtobuf)
        #expect(try MessageCodec.decode(TranslationJob.self, from: bytes, format: .protobuf) == Examples.job)
    }

    @Test func jobAsJSON() throws {
        let bytes = try MessageCodec.encode(Examples.job, as: .json)
        #expect(String(decoding: bytes, as: UTF8.self) == Examples.jobJSON)
        #expect(try MessageCodec.decode(TranslationJob.self, from: bytes, format: .json) == Examples.job)
    }

    @Test func resultAsProtobuf() throws {
        let bytes = try MessageCodec.encode(Examples.result, as: .protobuf)
        #expect(Data(bytes).base64EncodedString() == Examples.resultProtobuf)
        #expect(try MessageCodec.decode(TranslationResult.self, from: bytes, format: .protobuf) == Examples.result)
    }

    @Test func resultAsJSON() throws {
        let bytes = try MessageCodec.encode(Examples.result, as: .json)
        #expect(String(decoding: bytes, as: UTF8.self) == Examples.resultJSON)
        #expect(try MessageCodec.decode(TranslationResult.self, from: bytes, format: .json) == Examples.result)
    }

    @Test func batchAndCancellationAsJSON() throws {
        let batch = make(BatchRecord()) {
            $0.batchID = "b"
            $0.jobCount = 2
            $0.jobsTopic = "dragoman.jobs"
            $0.partitions = [
                make(PartitionRange()) {
                    $0.partition = 1; $0.jobsStart = 5; $0.jobsEnd = 7; $0.resultsStart = 3
                }
            ]
            $0.options.targetLanguage = "de"
        }
        let batchJSON = """
            {"batchId":"b","jobCount":2,"jobsTopic":"dragoman.jobs",\
            "partitions":[{"partition":1,"jobsStart":"5","jobsEnd":"7","resultsStart":"3"}],\
            "options":{"targetLanguage":"de"}}
            """
        #expect(String(decoding: try MessageCodec.encode(batch, as: .json), as: UTF8.self) == batchJSON)
        let cancellation = make(Cancellation()) {
            $0.batchID = "b"
            $0.maxRun = 1
        }
        let cancellationJSON = #"{"batchId":"b","maxRun":1}"#
        #expect(String(decoding: try MessageCodec.encode(cancellation, as: .json), as: UTF8.self) == cancellationJSON)
    }

    @Test func handwrittenJSONNeedsNoHeaders() throws {
        let json = """
            { "id": "x", "audio": {"uri": "file:///a.wav", "start": 1}, "target_language": "de", "batch_index": "3",
              "decoding": {"early_stopping": "EARLY_STOPPING_TRUE", "beams": 2}, "deadline": "2025-11-22T09:26:40+01:00" }
            """
        let job = try MessageCodec.decode(TranslationJob.self, from: Array(json.utf8), headers: [])
        #expect(job.id == "x" && job.audio.start == 1 && job.targetLanguage == "de" && job.batchIndex == 3)
        #expect(job.decoding.earlyStopping == .true && job.decoding.beams == 2)
        #expect(job.deadlineDate == Date(timeIntervalSince1970: 1_763_800_000))
    }

    @Test func unknownFieldsAreIgnored() throws {
        let json = #"{"id":"x","novelty":{"deep":[1,2,{}]},"decoding":{"earlyStopping":"SOMETIMES","beams":3}}"#
        let job = try MessageCodec.decode(TranslationJob.self, from: Array(json.utf8), format: .json)
        #expect(job.id == "x" && job.decoding.beams == 3)
        let protobuf: [UInt8] = [0x0A, 0x01, 0x78, 0xFA, 0x3F, 0x02, 0x61, 0x62]  // field 1 "x", field 1023 "ab"
        #expect(try MessageCodec.decode(TranslationJob.self, from: protobuf, format: .protobuf).id == "x")
    }

    @Test(arguments: [
        ("application/json", WireFormat.json), ("Application/JSON; charset=utf-8", .json),
        ("application/protobuf", .protobuf), ("application/x-protobuf;messageType=\"x\"", .protobuf),
    ])
    func contentTypes(contentType: String, format: WireFormat) throws {
        #expect(try MessageCodec.format(of: [MessageHeader(.contentType, contentType)]) == format)
    }

    @Test(arguments: ["application/cloudevents+json", "text/plain", "", ";"])
    func otherContentTypesAreRefused(contentType: String) {
        let headers = [MessageHeader(.contentType, contentType)]
        #expect(code { try MessageCodec.format(of: headers) } == .contentTypeNotSupported)
    }

    @Test func lastOfRepeatedHeadersCounts() throws {
        let headers = [MessageHeader(.contentType, "text/plain"), MessageHeader(.contentType, "application/json")]
        #expect(try MessageCodec.format(of: headers) == .json)
        let null = [MessageHeader(name: "content-type", value: nil)]
        #expect(code { try MessageCodec.format(of: null) } == .contentTypeNotSupported)
    }

    @Test(arguments: ["dragoman.v2.TranslationJob", "dragoman.v1.TranslationResult", "com.example.thing", ""])
    func otherEventTypesAreRefused(eventType: String) {
        let headers = [MessageHeader(.eventType, eventType)]
        let value = Array(Examples.jobJSON.utf8)
        #expect(
            code { try MessageCodec.decode(TranslationJob.self, from: value, headers: headers) }
                == .messageTypeNotSupported)
    }

    @Test(arguments: ["", "null", "[]", "{", "\"x\"", "{\"audio\":3}", "{\"run\":-1}", "\u{FEFF}{}x", "{} {}"])
    func unreadableJSON(text: String) {
        #expect(code { try MessageCodec.decode(TranslationJob.self, from: Array(text.utf8), headers: []) } != nil)
    }

    @Test func missingValueIsUnreadable() {
        #expect(
            code { try MessageCodec.decode(TranslationJob.self, from: nil, headers: []) } == .unreadableMessage)
    }

    @Test func deepNestingIsUnreadable() {
        let value = Array((String(repeating: "{\"x\":", count: 100_000)).utf8)
        #expect(
            code { try MessageCodec.decode(TranslationJob.self, from: value, format: .json) } == .unreadableMessage)
    }

    @Test func oversizedMessageIsRefused() {
        var result = Examples.result
        result.text = String(repeating: "x", count: MessageCodec.valueLimit)
        #expect(code { try MessageCodec.encode(result, as: .protobuf) } == .messageTooLarge)
    }

    @Test func headersOfARecord() throws {
        let cause = [
            MessageHeader(.traceParent, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            MessageHeader(name: "other", value: [1]),
        ]
        let headers = MessageCodec.headers(
            for: TranslationResult.self, format: .protobuf, id: "job-1/0", source: "dragoman/worker/w1",
            time: Date(timeIntervalSince1970: 1_763_800_000.5), cause: cause)
        #expect(headers.text(.contentType) == "application/protobuf")
        #expect(headers.text(.eventType) == "dragoman.v1.TranslationResult")
        #expect(headers.text(.eventSpecVersion) == "1.0")
        #expect(headers.text(.eventID) == "job-1/0")
        #expect(headers.text(.eventSource) == "dragoman/worker/w1")
        #expect(headers.text(.eventTime) == "2025-11-22T08:26:40.500Z")
        #expect(headers.last == cause[0])
        #expect(headers.count == 7)
    }

    /// Whatever the bytes are, reading them gives a message or an error, and what can be read can be checked.
    @Test(arguments: WireFormat.allCases)
    func mutatedMessagesNeverCrash(format: WireFormat) throws {
        var random = SplitMix64(seed: 7)
        let original = try MessageCodec.encode(Examples.job, as: format)
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
                case 2 where bytes.count > 1: bytes.remove(at: position)
                default: bytes.removeSubrange(position + 1..<bytes.count)
                }
            }
            guard let job = try? MessageCodec.decode(TranslationJob.self, from: bytes, format: format) else { continue }
            _ = try? job.validate()
            _ = (job.derivedID, job.submitDate, job.deadlineDate)
            _ = try? MessageCodec.encode(job, as: format == .json ? .protobuf : .json)
        }
    }

    private func code(_ body: () throws -> some Any) -> JobsError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? JobsError)?.code
        }
    }
}
