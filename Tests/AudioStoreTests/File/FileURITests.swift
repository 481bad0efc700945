import AudioStore
import Foundation
import TestSupport
import Testing

@Suite struct FileURITests {
    @Test(arguments: [
        ("/data/talk.wav", "file:///data/talk.wav"),
        ("/data/my talk #1?.wav", "file:///data/my%20talk%20%231%3F.wav"),
        ("/data/100%.wav", "file:///data/100%25.wav"),
        ("/данные/été.flac", "file:///%D0%B4%D0%B0%D0%BD%D0%BD%D1%8B%D0%B5/%C3%A9t%C3%A9.flac"),
        ("/a/~b/c-d_e.f", "file:///a/~b/c-d_e.f"),
        ("/a&b/c+d:e@f,g;h=i'(j)*", "file:///a%26b/c%2Bd%3Ae%40f%2Cg%3Bh%3Di%27%28j%29%2A"),
        ("/line\nbreak", "file:///line%0Abreak"),
    ])
    func pathsAndURIsConvertBothWays(path: String, uri: String) throws {
        #expect(try FileURI.make(path: path) == uri)
        #expect(try FileURI.path(of: uri) == path)
    }

    @Test func waysToWriteAPathGiveOneURI() throws {
        for path in ["/data//a/./b.wav", "/data/a/b.wav/", "//data/a/b.wav", "/./data/a/b.wav"] {
            #expect(try FileURI.make(path: path) == "file:///data/a/b.wav")
        }
        #expect(try FileURI.make(path: "/") == "file:///")
        let current = try FileURI.make(path: FileManager.default.currentDirectoryPath)
        #expect(try FileURI.make(path: "a b.wav") == current + "/a%20b.wav")
        #expect(try FileURI.make(path: "./a b.wav") == current + "/a%20b.wav")
    }

    @Test func dotsAreResolvedThroughLinks() throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: directory.file("real/deep"), withIntermediateDirectories: true)
        try directory.write([1], to: "real/talk.wav")
        try FileManager.default.createSymbolicLink(
            atPath: directory.file("link"), withDestinationPath: directory.file("real/deep"))
        let uri = try FileURI.make(path: directory.file("link/../talk.wav"))
        #expect(try FileURI.path(of: uri).hasSuffix("/real/talk.wav"))
        let error = #expect(throws: AudioStoreError.self) {
            try FileURI.make(path: directory.file("link/../absent.wav"))
        }
        #expect(error?.code == .notFound)
    }

    @Test(arguments: ["", "/a\0b"])
    func whatIsNoPathIsRefused(path: String) {
        let error = #expect(throws: AudioStoreError.self) { try FileURI.make(path: path) }
        #expect(error?.code == .uriMalformed)
    }

    @Test(arguments: [
        "file:///data/a.wav", "file://localhost/data/a.wav", "FILE://LocalHost/data/a.wav", "file:/data/a.wav",
        "file:///data/%61%2ewav",
    ])
    func allFormsOfTheSchemeAreRead(uri: String) throws {
        #expect(try FileURI.path(of: uri) == "/data/a.wav")
    }

    @Test(arguments: [
        "http://host/a.wav", "s3://bucket/a.wav", "/data/a.wav", "", ":", "file", "file://server/data/a.wav",
        "file://127.0.0.1/a.wav", "file://user@localhost/a.wav", "file://localhost:80/a.wav", "files:///a.wav",
    ])
    func otherSchemesAndHostsAreRefused(uri: String) {
        let error = #expect(throws: AudioStoreError.self) { try FileURI.path(of: uri) }
        #expect(error?.code == .uriNotSupported)
        #expect(error?.message.contains("'\(uri)'") == true)
    }

    @Test(arguments: [
        "file:", "file:a.wav", "file://", "file://localhost", "file:///a.wav?x=1", "file:///a.wav#t=1",
        "file:///a%00.wav",
        "file:///a%2Fb.wav", "file:///a%", "file:///a%4", "file:///a%zz", "file:///a%C3", "file:///a%FF.wav",
        "file:///a\nb", "file:///a\0b", "file:///a%+1",
    ])
    func malformedURIsAreRefused(uri: String) {
        let error = #expect(throws: AudioStoreError.self) { try FileURI.path(of: uri) }
        #expect(error?.code == .uriMalformed)
        #expect(error?.isRetriable == false)
    }
}
