import TestSupport
import Testing

@testable import Audio

@Suite struct ContainerProbeTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func error(_ bytes: [UInt8], name: String = "talk.bin") throws -> AudioError? {
        let path = try directory.write(bytes, to: name)
        return #expect(throws: AudioError.self) { try AudioDecoder().decode(path: path) }
    }

    @Test(arguments: [
        ("talk.m4a", [0, 0, 0, 0x20] + Array("ftypM4A \0\0\0\0".utf8), "MPEG-4 audio (m4a)"),
        ("talk.mp4", [0, 0, 0, 0x20] + Array("ftypisom\0\0\0\0".utf8), "MPEG-4 (mp4, m4a)"),
        ("talk.3gp", [0, 0, 0, 0x20] + Array("ftyp3gp4\0\0\0\0".utf8), "3GPP"),
        ("talk.webm", [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84] + Array("webm".utf8), "WebM"),
        ("talk.mka", [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x88] + Array("matroska".utf8), "Matroska"),
        ("talk.aac", [0xFF, 0xF1, 0x50, 0x80, 0x00, 0x1F, 0xFC], "AAC (ADTS)"),
        ("talk.amr", Array("#!AMR\n".utf8), "AMR"),
        ("talk.wma", [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0, 0], "Windows Media"),
        ("talk.caf", Array("caff\0\u{1}\0\0".utf8), "Core Audio"),
        ("talk.avi", Array("RIFF\0\0\0\0AVI LIST".utf8), "RIFF file of type 'AVI '"),
        ("talk.mp3", Array("<!DOCTYPE html><html>".utf8), "a web page"),
        ("talk.txt", Array("Guten Tag".utf8), "an unknown format"),
    ])
    func foreignContainersAreNamedAndConvertible(name: String, bytes: [UInt8], what: String) throws {
        let error = try error(bytes, name: name)
        #expect(error?.code == .unsupportedContainer)
        let input = directory.file(name)
        let output = directory.file("talk.flac")
        #expect(error?.message.hasPrefix("\(input): ") == true)
        #expect(error?.message.contains(what) == true)
        #expect(error?.message.contains("ffmpeg -i \(input) -ac 1 -ar 16000 \(output)") == true)
    }

    @Test(arguments: [
        ("ima-adpcm.wav", "IMA ADPCM"), ("microsoft-adpcm.wav", "Microsoft ADPCM"), ("ima-adpcm.aifc", "ima4"),
        ("g721.au", "AU with codec 23"),
    ])
    func codecsOffTheListAreNamed(name: String, what: String) throws {
        let error = #expect(throws: AudioError.self) { try AudioDecoder().decode(path: Samples.path(name)) }
        #expect(error?.code == .unsupportedCodec)
        #expect(error?.message.contains(what) == true)
        #expect(error?.message.contains("ffmpeg -i") == true)
    }

    @Test(arguments: ["alac.caf", "wave64.w64"])
    func containersOffTheListAreRefused(name: String) {
        let error = #expect(throws: AudioError.self) { try AudioDecoder().decode(path: Samples.path(name)) }
        #expect(error?.code == .unsupportedContainer)
    }

    @Test func otherMPEGLayersAndOggCodecsAreNamed() throws {
        let layerTwo = try error([0xFF, 0xFD, 0x84, 0x04] + [UInt8](repeating: 0, count: 600))
        #expect(layerTwo?.code == .unsupportedCodec)
        #expect(layerTwo?.message.contains("layer II") == true)
        let page =
            Array("OggS".utf8) + [0, 2] + [UInt8](repeating: 0, count: 20) + [1, 80] + Array("Speex   1.2".utf8)
        let speex = try error(page)
        #expect(speex?.code == .unsupportedCodec)
        #expect(speex?.message.contains("Ogg with Speex") == true)
    }

    @Test func theConversionLineSurvivesTheShell() throws {
        let error = try error(Array("#!AMR\n".utf8), name: "it's \"my\" $talk.amr")
        #expect(error?.message.contains(#"-i '\#(directory.path)/it'\''s "my" $talk.amr' -ac"#) == true)
        #expect(AudioError.shellQuoted("") == "''")
        #expect(AudioError.shellQuoted("a b") == "'a b'")
        #expect(AudioError.shellQuoted("/data/é.wav") == "'/data/é.wav'")
    }

    @Test func theConversionDoesNotOverwriteItsInput() {
        let message = AudioError.unsupportedContainer(nil, path: "/data/talk.flac").message
        #expect(message.contains("-i /data/talk.flac -ac 1 -ar 16000 /data/talk.16k.flac"))
        #expect(AudioError.unsupportedContainer(nil, path: "-talk.amr").message.hasSuffix(" ./-talk.flac"))
        #expect(AudioError.unsupportedContainer(nil, path: ".amr").message.hasSuffix(" .amr.flac"))
    }

    @Test func onlyTheFirstFormatChunkCounts() throws {
        // IMA ADPCM, 16 kHz mono, as a second "fmt " before and after the true one.
        let adpcm = WaveFile.chunk("fmt ", [0x11, 0, 1, 0, 0x80, 0x3E, 0, 0, 0, 0x20, 0, 0, 0, 1, 4, 0, 2, 0, 0xF9, 1])
        var file = WaveFile([1, 2, 3, 4] as [Int16])
        file.chunksAfter = adpcm
        let path = try directory.write(file.bytes, to: "after.wav")
        #expect(try AudioDecoder().decode(path: path).samples.count == 4)
        file.chunksBefore = adpcm
        #expect(try error(file.bytes)?.code == .unsupportedCodec)
    }

    @Test func libsndfileSeesNoOtherChunks() throws {
        var file = WaveFile([1, 2, 3, 4] as [Int16])
        // A list that claims more than it has would make libsndfile lose its step.
        file.chunksBefore = WaveFile.chunk("LIST", Array("INFOISFT".utf8) + [0xFF, 0xFF, 0xFF, 0x7F])
        file.chunksAfter = WaveFile.chunk("cue ", [0xFF, 0xFF, 0xFF, 0xFF]) + WaveFile.chunk("id3 ", [1])
        let probed = try ContainerProbe(AudioFile(path: directory.write(file.bytes, to: "lists.wav"))).identify()
        #expect(probed.slices == [0..<12, 32..<56, 56..<72])
        #expect(try AudioDecoder().decode(path: directory.file("lists.wav")).samples.count == 4)
    }

    @Test func chunksOfAnAIFFMayComeInAnyOrder() throws {
        let bytes = try Samples.bytes("pcm-24.aiff")
        let file = try AudioFile(path: Samples.path("pcm-24.aiff"))
        let slices = try ContainerProbe(file).identify().slices
        #expect(slices.count == 3)
        let parts = slices.map { Array(bytes[Int($0.lowerBound)..<Int($0.upperBound)]) }
        let swapped = try directory.write(parts[0] + parts[2] + parts[1], to: "swapped.aiff")
        #expect(
            try AudioDecoder().decode(path: swapped).samples
                == AudioDecoder().decode(path: Samples.path("pcm-24.aiff")).samples)
    }

    @Test(arguments: ["stereo.mp3", "stereo.flac"])
    func tagsAreSkippedUnread(name: String) throws {
        // Two ID3v2 tags, the second with a footer.
        let tags =
            Array("ID3\u{4}\0\0\0\0\u{1}\u{2}".utf8) + [UInt8](repeating: 0xEE, count: 130)
            + Array("ID3\u{4}\0\u{10}\0\0\0\u{3}".utf8) + [UInt8](repeating: 0xEE, count: 13)
        let path = try directory.write(tags + Samples.bytes(name), to: name)
        #expect(try AudioDecoder().decode(path: path) == AudioDecoder().decode(path: Samples.path(name)))
    }

    @Test func nothingElseHidesBehindATag() throws {
        let tag = Array("ID3\u{3}\0\0\0\0\0\u{2}xx".utf8)
        #expect(try error(tag + Samples.bytes("ima-adpcm.wav"))?.code == .unsupportedContainer)
        #expect(try error(tag)?.code == .corrupt)
        #expect(try error([UInt8]([[UInt8]](repeating: tag, count: 5_000).joined()))?.code == .corrupt)
    }

    @Test func aFloodOfChunksEnds() throws {
        let flood = (0..<10_000).flatMap { _ in WaveFile.chunk("junk", []) }
        var file = WaveFile([1] as [Int16])
        file.chunksBefore = flood
        #expect(try error(file.bytes)?.code == .corrupt)
    }
}
