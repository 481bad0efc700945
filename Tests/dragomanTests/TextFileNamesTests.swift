import Testing

@testable import dragoman

@Suite struct TextFileNamesTests {
    private func names(_ fileNames: [String]) -> [String] {
        TextFileNames(
            fileNames.enumerated().map { index, name in
                TextFileNames.Source(fileName: name, batchIndex: UInt32(index), jobID: "j\(index)")
            }
        ).names
    }

    @Test func namedAfterTheRecordings() {
        #expect(
            names(["/a/talk.wav", "/a/no extension", "/a/.hidden", "/a/two.dots.flac", "/a/Grüße.wav"]) == [
                "talk.txt", "no extension.txt", ".hidden.txt", "two.dots.txt", "Grüße.txt",
            ])
    }

    @Test func recordingsOfOneName() {
        #expect(
            names(["/a/talk.wav", "/a/other.wav", "/b/talk.wav", "/c/talk.mp3"]) == [
                "talk.1.txt", "other.txt", "talk.3.txt", "talk.4.txt",
            ])
        // Even then no file is written twice.
        #expect(
            names(["/a/talk.wav", "/a/talk.1.wav", "/b/talk.wav"]) == ["talk.1.j0.txt", "talk.1.txt", "talk.3.txt"])
    }

    @Test func nothingLeadsElsewhere() {
        #expect(
            names([
                "", "/", "/a/..", "..", "/a/...", "s3://bucket/x/talk.wav?key=/../y", "https://host/a%2F..%2Fb.wav#c",
            ])
                == ["j0.txt", "j1.txt", "j2.txt", "j3.txt", "j4.txt", "talk.txt", "a%2F..%2Fb.txt"])
        let long = String(repeating: "ü", count: 300)
        #expect(names(["/\(long).wav"]) == [String(repeating: "ü", count: 50) + ".txt"])
        #expect(names(["/a\u{0}b\nc.wav"]) == ["a b c.txt"])
    }
}
