import Foundation
import Jobs
import TestSupport
import Testing

@testable import Coordinator

@Suite struct ManifestTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        for name in ["a.wav", "b, c.wav"] { try folder.write([1], to: name) }
    }

    private func batch(_ text: String, _ format: ManifestFormat, template: TranslationJob = .init()) async throws
        -> JobBatch
    {
        let path = try folder.write(text.utf8, to: "list")
        return try await BatchPlanner(template: template).batch(of: [.manifest(path: path, format: format)])
    }

    private func problems(_ text: String, _ format: ManifestFormat) async throws -> [String] {
        let batch = try await batch(text, format)
        #expect(batch.problems.count == batch.problems.first.count)
        return batch.problems.first.map { $0.description.replacing(folder.path + "/", with: "") }
    }

    @Test func sameTableInThreeForms() async throws {
        let tables: [(String, ManifestFormat)] = [
            (
                "path\turi\tid\ttarget\tstart\tend\tduration\tlabel.k\n"
                    + "a.wav\t\tone\tfr\t1\t2.5\t\tv\n\tftp://x/y\t\t\t\t\t7\t\n\(folder.path)/b, c.wav\t\t\t\t\t\t\t\n",
                .tsv
            ),
            (
                "\u{FEFF}path,uri,id,target,start,end,duration,label.k\r\n"
                    + "a.wav,,one,fr,1,2.5,,\"v\"\r\n\r\n,ftp://x/y,,,,,7,\r\n\"b, c.wav\",,,,,,,\r\n", .csv
            ),
            (
                #"{"path": "a.wav", "id": "one", "target": "fr", "start": 1, "end": 2.5, "labels": {"k": "v"}}"#
                    + "\n\n" + #"{"uri": "ftp://x/y", "duration": 7, "id": null}"# + "\n"
                    + #"{"path": "b, c.wav"}"#, .jsonl
            ),
        ]
        var template = TranslationJob()
        template.targetLanguage = "de"
        template.labels = ["k": "all", "l": "all"]
        for (text, format) in tables {
            let batch = try await batch(text, format, template: template)
            #expect(batch.problems.isEmpty, "\(batch.problems.first)")
            let jobs = try batch.jobs
            try #require(jobs.count == 3)
            #expect(jobs[0].audio.uri == "file://\(folder.path)/a.wav" && jobs[0].id == "one")
            #expect(jobs[0].targetLanguage == "fr" && jobs[0].audio.start == 1 && jobs[0].audio.end == 2.5)
            #expect(jobs[0].labels == ["k": "v", "l": "all"])
            #expect(jobs[1].audio.uri == "ftp://x/y" && jobs[1].audio.durationHint == 7 && !jobs[1].audio.hasStart)
            #expect(jobs[1].id == jobs[1].derivedID && jobs[1].labels == template.labels)
            #expect(jobs[2].audio.uri == "file://\(folder.path)/b%2C%20c.wav" && jobs[2].targetLanguage == "de")
            #expect(batch.audioSeconds == 8.5 && batch.unknownLengthCount == 1)
            #expect(batch.summary.options.targetLanguage.isEmpty)
        }
    }

    @Test func faultsAreNamedByLineAndField() async throws {
        let found = try await problems(
            """
            path\tid\tstart\tend\tsha256
            a.wav\tone\t0\t1\t
            missing.wav\t\t\t\t
            a.wav\tone\t0\t2\t
            a.wav\ttwo\tsoon\t\t
            a.wav\ttwo\t-1\t\t
            a.wav\ttwo\t3\t2\t
            a.wav\tno id\t\t\t
            a.wav\t\t\t\t12
            \t\t\t\t
            a.wav
            .\t\t\t\t
            """, .tsv)
        let expected = [
            "list:3: there is no file 'missing.wav'",
            "list:4: id: 'one' is there more than once",
            "list:5: start: expected seconds such as 12.5, not 'soon'",
            "list:6: audio.start: expected seconds, 0 or more, not -1.0",
            "list:7: audio.end: expected more than audio.start",
            "list:8: id: expected 1 to 128 letters",
            "list:9: audio.sha256: expected 64 hexadecimal digits",
            "list:10: path: missing",
            "list:11: expected 5 fields as in the first line, not 1",
            "list:12: ",
        ]
        #expect(found.count == expected.count)
        for (found, expected) in zip(found, expected) { #expect(found.hasPrefix(expected)) }
    }

    @Test(arguments: [
        ("path,size\na.wav,1\n", "list:1: unknown column 'size'; there are path, uri, id, target"),
        ("path,path\n", "list:1: the column 'path' is there twice"),
        ("id,target\n", "list:1: expected the column path or uri"),
        ("", "list: the manifest is empty"),
        ("path\n\"a.wav\nand on", "list:2: a quoted field without its closing quote"),
        ("path\n\"a.wav\"x", "list:2: field 1: expected a comma after the closing quote"),
        ("path,uri\na.wav,ftp://x/y", "list:2: path: expected either path or uri"),
    ])
    func brokenTables(text: String, message: String) async throws {
        let found = try await problems(text, .csv)
        #expect(found.count == 1 && found.first?.hasPrefix(message) == true, "\(found)")
    }

    @Test(arguments: [
        (#"{"path": "a.wav", "size": 1}"#, "list:1: unknown key 'size'; there are path"),
        (#"{"path": 1}"#, "list:1: path: expected a string"),
        (#"{"path": "a.wav", "start": "1"}"#, "list:1: start: expected a number of seconds"),
        (#"{"path": "a.wav", "labels": {"k": 1}}"#, "list:1: label.k: expected a string"),
        (#"{"path": "a.wav", "labels": "k"}"#, "list:1: labels: expected an object of strings"),
        (#"["a.wav"]"#, "list:1: expected a JSON object in one line"),
        (#"{"path": "a.wav"} x"#, "list:1: expected a JSON object in one line"),
    ])
    func brokenObjects(text: String, message: String) async throws {
        let found = try await problems(text + "\n" + #"{"path": "a.wav"}"#, .jsonl)
        #expect(found.count == 1 && found.first?.hasPrefix(message) == true, "\(found)")
    }

    @Test func lineWithoutEnd() async throws {
        let found = try await problems("path\n" + String(repeating: "x", count: LineReader.lineLimit + 1), .tsv)
        #expect(found == ["list:2: the line does not end within 1048576 bytes"])
        let quoted = try await problems("path\n\"" + String(repeating: "x\n", count: LineReader.lineLimit), .csv)
        #expect(quoted.count == 1 && quoted.first?.contains("the field quoted in line 2 does not end") == true)
    }

    @Test func notText() async throws {
        try folder.write(Array("path\n".utf8) + [0xFF, 0x0A], to: "bytes.tsv")
        let source = BatchSource.manifest(path: folder.file("bytes.tsv"), format: .tsv)
        let batch = try await BatchPlanner(template: .init()).batch(of: [source])
        #expect(batch.problems.first.map(\.message) == ["field 1: expected UTF-8"])
    }

    @Test func formatsByTheirSuffix() {
        #expect(ManifestFormat(fileName: "/x/list.TSV") == .tsv && ManifestFormat(fileName: "l.csv") == .csv)
        #expect(ManifestFormat(fileName: "l.jsonl") == .jsonl && ManifestFormat(fileName: "l.ndjson") == .jsonl)
        #expect(ManifestFormat(fileName: "list.json") == nil && ManifestFormat(fileName: "list") == nil)
    }

    @Test func manifestThatIsNotThere() async throws {
        let source = BatchSource.manifest(path: "/missing.tsv", format: .tsv)
        let batch = try await BatchPlanner(template: .init()).batch(of: [source])
        #expect(batch.problems.first.first?.description.contains("No such file") == true && batch.jobCount == 0)
    }

    @Test func deadlines() async throws {
        var template = TranslationJob()
        template.deadlineDate = Date(timeIntervalSince1970: 4_000_000_000)
        let text = "path\tid\tdeadline\na.wav\tx\t2100-01-01T00:00:00Z\na.wav\ty\t2h\na.wav\tz\t\n"
        let before = Date()
        let jobs = try await batch(text, .tsv, template: template).jobs
        #expect(jobs[0].deadlineDate == Date(timeIntervalSince1970: 4_102_444_800))
        let inTwoHours = try #require(jobs[1].deadlineDate)
        #expect((before + 7199...Date() + 7201).contains(inTwoHours))
        #expect(jobs[2].deadlineDate == template.deadlineDate)

        let found = try await problems(
            "path\tdeadline\na.wav\tsoon\na.wav\t2020-01-01T00:00:00Z\n", .tsv)
        #expect(found.count == 2 && found[0].hasPrefix("list:2: deadline: expected a time such as"), "\(found)")
        #expect(found[1] == "list:3: deadline: 2020-01-01T00:00:00Z has passed")
    }

    /// No job that could not be sent leaves the submitter: what is too long is named with its line.
    @Test func jobsOverTheLimit() async throws {
        let long = String(repeating: "x", count: 2000)
        let found = try await problems(
            "uri\tlabel.k\ns3://b/a\tv\ns3://b/c\t\(long)\ns3://b/\(long)\(long)\(long)\tv\n", .tsv)
        #expect(found.count == 2 && found[0].hasPrefix("list:3: labels.k: expected at most 1024 bytes"), "\(found)")
        #expect(found[1].hasPrefix("list:4: audio.uri: expected at most 4096 bytes"), "\(found)")

        // The largest that may be there is far below the limit, in either encoding.
        var job = TranslationJob()
        job.id = String(repeating: "i", count: JobLimits.idLength)
        job.batchID = job.id
        job.audio.uri = "file:///" + String(repeating: "\"", count: JobLimits.uriLength - 8)
        job.model = String(repeating: "\"", count: JobLimits.nameLength)
        for index in 0..<JobLimits.labels {
            job.labels["\(index)".padding(toLength: JobLimits.labelKeyLength, withPad: "\"", startingAt: 0)] =
                String(repeating: "\"", count: JobLimits.labelValueLength)
        }
        try job.validate()
        for format in WireFormat.allCases {
            #expect(try MessageCodec.encode(job, as: format).count < MessageCodec.valueLimit / 8)
        }
    }
}
