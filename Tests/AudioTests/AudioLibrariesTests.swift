import Audio
import Testing

@Suite struct AudioLibrariesTests {
    @Test func versions() {
        for version in [AudioLibraries.sndfileVersion, AudioLibraries.soxrVersion] {
            #expect(version.split(separator: ".").count == 3 && version.first?.isNumber == true, "\(version)")
        }
    }

    /// The other tests read all of them.
    @Test func containers() {
        #expect(AudioLibraries.containers.map(\.name) == ["WAV", "AIFF", "AU", "FLAC", "Ogg", "MP3"])
        #expect(AudioLibraries.containers.allSatisfy { $0.isReadable })
    }
}
