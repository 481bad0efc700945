import Jobs
import Testing

@Suite struct AudioURITests {
    @Test(arguments: [
        ("/data/a.wav", "file:///data/a.wav"),
        ("/data//x/./a b%ä~.wav", "file:///data/x/a%20b%25%C3%A4~.wav"),
        ("/a+b,c#d?e.wav", "file:///a%2Bb%2Cc%23d%3Fe.wav"),
    ])
    func canonicalForm(path: String, uri: String) {
        #expect(AudioURI.file(path: path) == uri)
    }

    @Test(arguments: [
        ("file:///data/a%20b%25%C3%A4.wav", "/data/a b%ä.wav"), ("file:/a", "/a"), ("file://localhost/a", "/a"),
        ("FILE:///a", "/a"),
    ])
    func pathOfAFile(uri: String, path: String) {
        #expect(AudioURI.path(of: uri) == path)
    }

    @Test(arguments: ["s3://a/b", "file://host/a", "file:a", "file://", "file:///%FF", "file:///%00", "file:///%4"])
    func notAFileHere(uri: String) {
        #expect(AudioURI.path(of: uri) == nil)
    }
}
