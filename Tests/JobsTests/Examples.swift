import FoundationEssentials
import Jobs

/// One message of each kind with every field set, and what it looks like as bytes. The protobuf was written by Google's
/// own `protoc --encode`; none of it may ever change.
enum Examples {
    static let checksum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    static let job = make(TranslationJob()) {
        $0.id = "job-1"
        $0.batchID = "batch-1"
        $0.batchIndex = 7
        $0.run = 2
        $0.model = "demo"
        $0.audio.uri = "file:///data/a%20b.wav"
        $0.audio.sha256 = checksum
        $0.audio.start = 0.5
        $0.audio.end = 12.25
        $0.audio.durationHint = 20
        $0.sourceLanguage = "fr"
        $0.targetLanguage = "de_DE"
        $0.decoding.beams = 5
        $0.decoding.maxLength = 100
        $0.decoding.maxNewTokens = 99
        $0.decoding.lengthPenalty = 0.1
        $0.decoding.earlyStopping = .never
        $0.decoding.noRepeatNgramSize = 3
        $0.decoding.nBest = 2
        $0.segmentation.method = .pauses
        $0.segmentation.minLength = 1
        $0.segmentation.targetLength = 15
        $0.segmentation.maxLength = 30
        $0.segmentation.speechThreshold = 0.5
        $0.labels = ["a": "1", "b": "zwei"]
        $0.submitDate = Date(timeIntervalSince1970: 1_763_800_000.5)
        $0.deadlineDate = Date(timeIntervalSince1970: 1_763_900_000)
    }

    static let jobProtobuf = """
        CgVqb2ItMRIHYmF0Y2gtMRgHIAIqBGRlbW8ydQoWZmlsZTovLy9kYXRhL2ElMjBiLndhdhJAZTNiMGM0NDI5OGZjMWMxNDlhZmJm\
        NGM4OTk2ZmI5MjQyN2FlNDFlNDY0OWI5MzRjYTQ5NTk5MWI3ODUyYjg1NRkAAAAAAADgPyEAAAAAAIAoQCkAAAAAAAA0QDoCZnJC\
        BWRlX0RFShUIBRBkGGMhmpmZmZmZuT8oAzADOAJSJggCEQAAAAAAAPA/GQAAAAAAAC5AIQAAAAAAAD5AKQAAAAAAAOA/WgYKAWES\
        ATFaCQoBYhIEendlaWIMCMDnhckGEIDKte4BagYI4PSLyQY=
        """

    static let jobJSON = """
        {"id":"job-1","batchId":"batch-1","batchIndex":7,"run":2,"model":"demo",\
        "audio":{"uri":"file:///data/a%20b.wav","sha256":"\(checksum)","start":0.5,"end":12.25,"durationHint":20.0},\
        "sourceLanguage":"fr","targetLanguage":"de_DE",\
        "decoding":{"beams":5,"maxLength":100,"maxNewTokens":99,"lengthPenalty":0.1,\
        "earlyStopping":"EARLY_STOPPING_NEVER","noRepeatNgramSize":3,"nBest":2},\
        "segmentation":{"method":"PAUSES","minLength":1.0,"targetLength":15.0,"maxLength":30.0,"speechThreshold":0.5},\
        "labels":{"a":"1","b":"zwei"},\
        "submitTime":"2025-11-22T08:26:40.500Z","deadline":"2025-11-23T12:13:20Z"}
        """

    static let result = make(TranslationResult()) {
        $0.jobID = "job-1"
        $0.run = 2
        $0.batchID = "batch-1"
        $0.batchIndex = 7
        $0.status = .ok
        $0.origin.topic = "dragoman.jobs"
        $0.origin.partition = 3
        $0.origin.offset = 9_007_199_254_740_993
        $0.text = "Guten Tag."
        $0.segments = [
            make(ResultSegment()) {
                $0.start = 0.5
                $0.end = 12.25
                $0.text = "Guten Tag."
                $0.beamScore = -0.25
                $0.meanTokenLogprob = -0.125
                $0.tokens = [804, 18, 2]
            }
        ]
        $0.targetLanguage = "de_DE"
        $0.sourceLanguage = "fr"
        $0.audioSeconds = 11.75
        $0.model.name = "demo"
        $0.model.digest = "00ff"
        $0.model.precision = "float32"
        $0.model.instructionSet = "avx2"
        $0.timings.queue = 1.5
        $0.timings.fetch = 0.25
        $0.timings.decode = 0.125
        $0.timings.encode = 2
        $0.timings.generate = 3
        $0.worker = "w1"
        $0.attempt = 1
        $0.labels = ["a": "1"]
        $0.audio.uri = "file:///data/a%20b.wav"
        $0.finishDate = Date(timeIntervalSince1970: 1_763_800_010)
    }

    static let resultProtobuf = """
        CgVqb2ItMRACGgdiYXRjaC0xIAcoATIaCg1kcmFnb21hbi5qb2JzEAMYgYCAgICAgBA6Ckd1dGVuIFRhZy5CLgkAAAAAAADgPxEA\
        AAAAAIAoQBoKR3V0ZW4gVGFnLiUAAIC+LQAAAL4yBKQGEgJKBWRlX0RFUgJmclkAAAAAAIAnQGIbCgRkZW1vEgQwMGZmGgdmbG9h\
        dDMyIgRhdngyai0JAAAAAAAA+D8RAAAAAAAA0D8ZAAAAAAAAwD8hAAAAAAAAAEApAAAAAAAACEByAncxeAGKAQYKAWESATGSARgK\
        FmZpbGU6Ly8vZGF0YS9hJTIwYi53YXaaAQYIyueFyQY=
        """

    static let resultJSON = """
        {"jobId":"job-1","run":2,"batchId":"batch-1","batchIndex":7,"status":"OK",\
        "origin":{"topic":"dragoman.jobs","partition":3,"offset":"9007199254740993"},"text":"Guten Tag.",\
        "segments":[{"start":0.5,"end":12.25,"text":"Guten Tag.","beamScore":-0.25,"meanTokenLogprob":-0.125,\
        "tokens":[804,18,2]}],"targetLanguage":"de_DE","sourceLanguage":"fr","audioSeconds":11.75,\
        "model":{"name":"demo","digest":"00ff","precision":"float32","instructionSet":"avx2"},\
        "timings":{"queue":1.5,"fetch":0.25,"decode":0.125,"encode":2.0,"generate":3.0},"worker":"w1","attempt":1,\
        "labels":{"a":"1"},"audio":{"uri":"file:///data/a%20b.wav"},"finishTime":"2025-11-22T08:26:50Z"}
        """

    /// The smallest job that is valid.
    static let plainJob = make(TranslationJob()) {
        $0.id = "a"
        $0.audio.uri = "file:///data/a%20b.wav"
    }
}

/// A value made by changing another.
func make<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
    var value = value
    change(&value)
    return value
}
