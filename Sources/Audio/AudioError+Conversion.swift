extension AudioError {
    /// A container that is not on the list.
    static func unsupportedContainer(_ name: String?, path: String) -> AudioError {
        AudioError(
            code: .unsupportedContainer,
            message: """
                \(path): \(name ?? "an unknown format") can't be read, only WAV, FLAC, Ogg, MP3, AIFF and AU; \
                \(conversion(of: path))
                """)
    }

    /// A container on the list with a codec that is not.
    static func unsupportedCodec(_ name: String, path: String) -> AudioError {
        AudioError(code: .unsupportedCodec, message: "\(path): \(name) can't be read; \(conversion(of: path))")
    }

    /// The line that turns the file into one that can be read.
    private static func conversion(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let folder = String(path.dropLast(name.count))
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let stem = dot == name.startIndex ? name : String(name[..<dot])
        // Never the input itself, nor a name that ffmpeg takes for an option.
        let output =
            (folder.isEmpty && stem.hasPrefix("-") ? "./" : folder) + stem
            + (name[dot...].lowercased() == ".flac" ? ".16k.flac" : ".flac")
        return "convert it first: ffmpeg -i \(shellQuoted(path)) -ac 1 -ar 16000 \(shellQuoted(output))"
    }

    /// The text as one word of a POSIX shell.
    static func shellQuoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/._-+=:,@%".utf8.contains(byte)
            }
        }
        if plain, !text.isEmpty { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
