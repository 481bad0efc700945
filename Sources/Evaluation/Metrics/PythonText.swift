/// Text as Python sees it, which is what the metrics are defined on: code points, never grapheme clusters or canonical
/// equivalents, and Python's idea of white space.
enum PythonText {
    /// The code points of a text.
    static func codePoints(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    /// `str.isspace` of one code point: category Zs, or bidirectional class WS, B or S.
    static func isSpace(_ codePoint: UInt32) -> Bool {
        switch codePoint {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// `str.rstrip`.
    static func strippedAtEnd(_ text: [UInt32]) -> [UInt32] {
        Array(text[..<((text.lastIndex { !isSpace($0) } ?? -1) + 1)])
    }

    /// `str.strip`.
    static func stripped(_ text: [UInt32]) -> [UInt32] {
        Array(strippedAtEnd(text).drop(while: isSpace))
    }

    /// `str.split`: the words between white space.
    static func words(_ text: [UInt32]) -> [ArraySlice<UInt32>] {
        text.split(whereSeparator: isSpace)
    }

    /// `str.replace`.
    static func replacing(_ pattern: String, in text: [UInt32], with replacement: String) -> [UInt32] {
        let pattern = codePoints(pattern)
        let replacement = codePoints(replacement)
        guard let first = pattern.first, text.contains(first) else { return text }
        var result: [UInt32] = []
        var index = 0
        while index < text.count {
            if text[index...].starts(with: pattern) {
                result += replacement
                index += pattern.count
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }
}
