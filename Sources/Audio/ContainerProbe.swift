/// Finds out what a file is, by its own bytes and before any parser of libsndfile runs.
///
/// Only the containers and codecs of ``AudioContainer`` come through; everything else is an error that says what was
/// found and how to convert it. libsndfile reads some thirty formats, and most of its memory faults were in the rare
/// ones: see the ADPCM family (CVE-2026-37555 and its kin).
struct ContainerProbe {
    let file: AudioFile

    /// Enough for every fixed header, and for the document type of a Matroska file.
    private static let headCount = 4096
    /// More chunks or tags than a file has any reason for.
    static let chunkLimit = 4096

    init(_ file: AudioFile) {
        self.file = file
    }

    /// - Throws: ``AudioError`` when the file is not on the list, or its header is damaged.
    func identify() throws(AudioError) -> ProbedAudio {
        let head = try file.header(at: 0, count: Self.headCount)
        if head.has("RIFF") || head.has("RF64"), head.has("WAVE", at: 8) { return try wave(head) }
        if head.has("FORM"), head.has("AIFF", at: 8) || head.has("AIFC", at: 8) { return try aiff(head) }
        if head.has(".snd") { return try au(head) }
        if head.has("OggS") { return try ogg(head) }
        let start = try endOfTags()
        let stream = start == 0 ? head : try file.header(at: start, count: Self.headCount)
        if stream.has("fLaC") { return ProbedAudio(container: .flac, slices: [start..<file.byteCount]) }
        if let mpeg = try mpeg(stream, at: start) { return mpeg }
        throw .unsupportedContainer(ForeignFormat.name(of: stream), path: file.path)
    }

    func corrupt(_ container: AudioContainer, _ what: String) -> AudioError {
        AudioError(code: .corrupt, message: "\(file.path): damaged \(container.rawValue) file: \(what)")
    }

    /// The first byte after the ID3v2 tags that FLAC and MP3 files may begin with. (Layout: id3.org, ID3v2.4 §3.1.)
    private func endOfTags() throws(AudioError) -> Int64 {
        var start: Int64 = 0
        for _ in 0..<Self.chunkLimit {
            let tag = try file.header(at: start, count: 10)
            guard tag.has("ID3"), tag.bytes.count == 10, tag.bytes[6...].allSatisfy({ $0 < 0x80 }) else { return start }
            let size = tag.bytes[6...].reduce(Int64(0)) { $0 << 7 | Int64($1) }
            let footer: Int64 = tag.bytes[5] & 0x10 == 0 ? 0 : 10
            start += 10 + size + footer
            guard start < file.byteCount else {
                throw AudioError(code: .corrupt, message: "\(file.path): nothing follows the ID3 tag")
            }
        }
        throw AudioError(code: .corrupt, message: "\(file.path): too many ID3 tags")
    }
}
