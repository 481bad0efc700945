/// Names of what is not read, for the message.
enum ForeignFormat {
    /// What a file is, going by its first bytes; `nil` when they say nothing.
    static func name(of head: HeaderBytes) -> String? {
        if head.has("ftyp", at: 4) { return mpeg4(head) }
        if head.has([0x1A, 0x45, 0xDF, 0xA3]) { return matroska(head) }
        if head.has("RIFF") || head.has("FORM") {
            return "a \(head.has("RIFF") ? "RIFF" : "FORM") file of type '\(head.name(at: 8) ?? "")'"
        }
        // MPEG sync with layer 0, which is what tells ADTS from MPEG audio.
        if let word = head.integer(UInt16.self, at: 0, .big), word & 0xFFF6 == 0xFFF0 { return "AAC (ADTS)" }
        return magics.first { head.has($0.magic) }?.name
    }

    private static func mpeg4(_ head: HeaderBytes) -> String {
        switch head.name(at: 8) {
        case let brand? where brand.hasPrefix("3g"): "3GPP (3gp)"
        case let brand? where brand.hasPrefix("qt"): "QuickTime (mov)"
        case let brand? where brand.hasPrefix("M4"): "MPEG-4 audio (m4a)"
        default: "MPEG-4 (mp4, m4a)"
        }
    }

    private static func matroska(_ head: HeaderBytes) -> String {
        // The document type is a string within the first few dozen bytes.
        let start = String(decoding: head.bytes.prefix(64), as: UTF8.self)
        return start.contains("webm") ? "WebM" : "Matroska (mkv, mka)"
    }

    private static let magics: [(magic: [UInt8], name: String)] = [
        ([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], "Windows Media (wma, asf)"),
        (Array("#!AMR-WB".utf8), "AMR wide band"), (Array("#!AMR".utf8), "AMR"), (Array("ADIF".utf8), "AAC (ADIF)"),
        (Array("caff".utf8), "Apple Core Audio (caf)"), (Array("riff".utf8), "Sony Wave64 (w64)"),
        (Array("RIFX".utf8), "big-endian RIFF (RIFX)"), (Array("dns.".utf8), "little-endian AU"),
        (Array("BW64".utf8), "BW64"), (Array("wvpk".utf8), "WavPack"), (Array("MAC ".utf8), "Monkey's Audio"),
        (Array("MPCK".utf8), "Musepack"), (Array("MP+".utf8), "Musepack"), (Array("TTA1".utf8), "True Audio"),
        ([0x0B, 0x77], "AC-3"), (Array(".RMF".utf8), "RealMedia"), ([0x2E, 0x72, 0x61, 0xFD], "RealAudio"),
        (Array("FLV".utf8), "Flash video"), (Array("NIST_1A".utf8), "NIST SPHERE"),
        (Array("Creative Voice File".utf8), "Creative Voice (voc)"), (Array("MThd".utf8), "MIDI"),
        ([0x00, 0x00, 0x01, 0xBA], "MPEG program stream"), (Array("<!".utf8), "a web page"),
        (Array("<html".utf8), "a web page"), (Array("<?xml".utf8), "XML"), (Array("{".utf8), "JSON"),
        (Array("PK\u{03}\u{04}".utf8), "a ZIP archive"), ([0x1F, 0x8B], "gzip data"), (Array("%PDF".utf8), "PDF"),
    ]
}
