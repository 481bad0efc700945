import Foundation
import Jobs
import TestSupport
import Testing

@testable import Coordinator

@Suite struct FileFinderTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        for path in ["data/b", "data/.hidden", "data/empty", "data/c c", "notes"] {
            try FileManager.default.createDirectory(atPath: folder.file(path), withIntermediateDirectories: true)
        }
        for name in [
            "data/a.wav", "data/b/1.FLAC", "data/b/notes.txt", "data/c c/z.mp3", "data/.x.wav", "data/.hidden/y.wav",
            "data/b.ogg", "notes/readme.md",
        ] {
            try folder.write([1], to: name)
        }
    }

    private func batch(_ arguments: [String]) async throws -> JobBatch {
        try await BatchPlanner(template: TranslationJob()).batch(of: arguments.map { .argument($0) })
    }

    /// Paths of the batch's files below the folder.
    private func files(_ arguments: String...) async throws -> [String] {
        let batch = try await batch(arguments.map { folder.file($0) })
        #expect(batch.problems.isEmpty, "\(batch.problems.first)")
        return try batch.jobs.map { $0.audio.uri.replacing("file://\(folder.path)/", with: "") }
    }

    @Test func foldersWithAllBelowThem() async throws {
        #expect(try await files("data") == ["data/a.wav", "data/b/1.FLAC", "data/b.ogg", "data/c%20c/z.mp3"])
        #expect(try await files("data/b/", "data/a.wav") == ["data/b/1.FLAC", "data/a.wav"])
        #expect(try await batch([folder.file("data")]).leftOutCount == 3)
    }

    @Test func linksAreFollowedOnce() async throws {
        func link(_ name: String, to target: String) throws {
            try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: target)
        }
        try link("data/loop", to: folder.file("data"))
        try link("data/z", to: folder.file("notes"))
        try link("notes/l.wav", to: folder.file("data/a.wav"))
        let expected = ["data/a.wav", "data/b/1.FLAC", "data/b.ogg", "data/c%20c/z.mp3", "data/z/l.wav"]
        #expect(try await files("data") == expected)
        try link("data/gone.wav", to: "/missing.wav")
        let broken = try await batch([folder.file("data")]).problems
        #expect(broken.count == 1 && broken.first[0].message.hasPrefix("there is no file"))
    }

    @Test func patterns() async throws {
        #expect(try await files("data/*.wav") == ["data/a.wav"])
        #expect(try await files("data/**/*.[mF]*") == ["data/b/1.FLAC", "data/c%20c/z.mp3"])
        #expect(try await files("**") == ["data/a.wav", "data/b.ogg", "data/b/1.FLAC", "data/c%20c/z.mp3"])
        #expect(try await files("*/b/?.FLAC") == ["data/b/1.FLAC"])
        #expect(try await files("d*/a.wav") == ["data/a.wav"])
        #expect(try await files("data/.*.wav", "data/a.wav") == ["data/.x.wav", "data/a.wav"])
        #expect(try await batch([folder.file("data/b/*")]).leftOutCount == 1)
    }

    @Test func fileNamedLikeAPattern() async throws {
        try folder.write([1], to: "what?.txt")
        #expect(try await files("what?.txt") == ["what%3F.txt"])
    }

    @Test(arguments: [
        ("missing.wav", "there is no file"), ("*.mp3", "the pattern matches no recordings"),
        ("notes", "the folder holds no recordings"), ("data/empty", "the folder holds no recordings"),
    ])
    func nothingThere(argument: String, message: String) async throws {
        let batch = try await batch([folder.file(argument)])
        #expect(batch.problems.count == 1 && batch.problems.first[0].message.hasPrefix(message))
    }

    @Test func urisAreTakenAsTheyAre() async throws {
        let uris = ["s3://bucket/a%20b%3F.wav", "s3://bucket/c d.wav", "file:///not/here.wav", "https://x/*"]
        #expect(try await batch(uris).jobs.map(\.audio.uri) == uris)
        for uri in ["file://elsewhere/a.wav", "s3://bucket/a?.wav", "s3:///key.wav", "s3://bucket/folder/"] {
            #expect(try await batch([uri]).problems.count == 1)
        }
    }

    @Test func nameThatIsNotUTF8() async throws {
        let name = Array(folder.file("data/").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9)] + ".wav".utf8CString
        try #require(creat(name, 0o600) >= 0)
        let problems = try await batch([folder.file("data")]).problems
        #expect(problems.count == 1 && problems.first[0].message.contains("expected a name in UTF-8"))
        unlink(name)
    }

    @Test func checksumsAndLengths() async throws {
        let wave = try folder.write(WaveFile.sawTooth(sampleCount: 8000).bytes, to: "s.wav")
        let planner = try BatchPlanner(template: TranslationJob(), makesChecksums: true, readsLengths: true)
        let batch = try await planner.batch(of: [.argument(wave), .argument(folder.file("data/a.wav"))])
        let jobs = try batch.jobs
        #expect(jobs[1].audio.sha256 == "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a")
        #expect(jobs[0].audio.durationHint == 0.5 && !jobs[1].audio.hasDurationHint)
        #expect(batch.unreadable.count == 1 && batch.audioSeconds == 0.5 && batch.unknownLengthCount == 1)
        let remote = try await planner.batch(of: [.argument("s3://bucket/x.wav")])
        #expect(remote.problems.first.first?.message.hasPrefix("sha256: only of local files") == true)
    }
}
