/// How BLEU cuts segments into words, by sacreBLEU's names.
public enum BLEUTokenizer: String, Sendable, CaseIterable, Codable {
    /// mteval-v13a's, for most languages.
    case thirteenA = "13a"
    /// Chinese characters one by one, the rest nearly as `13a`.
    case zh
    /// All characters one by one; what CoVoST 2 is scored with in Japanese.
    case char
    /// At white space alone.
    case none

    /// What CoVoST 2 is scored with in a language.
    /// - Parameter target: a code such as `zh` or `zh-CN`.
    public init(target: String) {
        switch LanguageCode.base(target) {
        case "zh": self = .zh
        case "ja": self = .char
        default: self = .thirteenA
        }
    }

    /// The words of a segment.
    func words(_ segment: String) -> [ArraySlice<UInt32>] {
        let text = PythonText.strippedAtEnd(PythonText.codePoints(segment))
        return switch self {
        case .none: PythonText.words(text)
        case .char: text.indices.filter { !PythonText.isSpace(text[$0]) }.map { text[$0...$0] }
        case .thirteenA: PythonText.words(Self.separated([0x20] + Self.plain(text) + [0x20]))
        case .zh: PythonText.words(Self.separated(Self.spacedChinese(PythonText.stripped(text))))
        }
    }

    /// What SGML had marked up is itself again.
    private static func plain(_ text: [UInt32]) -> [UInt32] {
        var text = PythonText.replacing("<skipped>", in: text, with: "")
        text = PythonText.replacing("-\n", in: text, with: "")
        text = PythonText.replacing("\n", in: text, with: " ")
        for (entity, character) in [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")] {
            text = PythonText.replacing(entity, in: text, with: character)
        }
        return text
    }
}

extension BLEUTokenizer {
    private static let space: UInt32 = 0x20
    private static let dash: UInt32 = 0x2D

    /// The substitutions of sacreBLEU's `TokenizerRegexp`, one after another, each from left to right without overlaps:
    ///
    ///     ([\{-\~\[-\` -\&\(-\+\:-\@\/])  " \1 "
    ///     ([^0-9])([\.,])                 "\1 \2 "
    ///     ([\.,])([^0-9])                 " \1 \2"
    ///     ([0-9])(-)                      "\1 \2 "
    static func separated(_ text: [UInt32]) -> [UInt32] {
        var symbols: [UInt32] = []
        symbols.reserveCapacity(text.count * 2)
        for codePoint in text {
            if isSymbol(codePoint) { symbols += [space, codePoint, space] } else { symbols.append(codePoint) }
        }
        let points = replacingPairs(symbols) { first, second in
            !isDigit(first) && isPoint(second) ? [first, space, second, space] : nil
        }
        let numbers = replacingPairs(points) { first, second in
            isPoint(first) && !isDigit(second) ? [space, first, space, second] : nil
        }
        return replacingPairs(numbers) { first, second in
            isDigit(first) && second == dash ? [first, space, second, space] : nil
        }
    }

    private static func replacingPairs(
        _ text: [UInt32], _ replacement: (UInt32, UInt32) -> [UInt32]?
    ) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(text.count * 2)
        var index = 0
        while index < text.count {
            if index + 1 < text.count, let pair = replacement(text[index], text[index + 1]) {
                result += pair
                index += 2
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    /// ASCII's punctuation but for apostrophe, comma, dash and full stop.
    private static func isSymbol(_ codePoint: UInt32) -> Bool {
        switch codePoint {
        case 0x7B...0x7E, 0x5B...0x60, 0x20...0x26, 0x28...0x2B, 0x3A...0x40, 0x2F: true
        default: false
        }
    }

    private static func isDigit(_ codePoint: UInt32) -> Bool { 0x30...0x39 ~= codePoint }

    private static func isPoint(_ codePoint: UInt32) -> Bool { codePoint == 0x2E || codePoint == 0x2C }

    private static func spacedChinese(_ text: [UInt32]) -> [UInt32] {
        text.flatMap { isChinese($0) ? [space, $0, space] : [$0] }
    }

    /// sacreBLEU's ranges as they work, not as they are meant: its list writes Extension B and the supplementary
    /// compatibility ideographs with four hexadecimal digits and a character behind, so that both compare as texts of two
    /// characters. What comes of it is general punctuation up to mathematical operators, and not those ideographs.
    private static func isChinese(_ codePoint: UInt32) -> Bool {
        switch codePoint {
        case 0x3400...0x4DB5, 0x4E00...0x9FA5, 0x9FA6...0x9FBB, 0xF900...0xFA2D, 0xFA30...0xFA6A, 0xFA70...0xFAD9,
            0xFF00...0xFFEF, 0x2E80...0x2EFF, 0x3000...0x303F, 0x31C0...0x31EF, 0x2F00...0x2FDF, 0x2FF0...0x2FFF,
            0x3100...0x312F, 0x31A0...0x31BF, 0xFE10...0xFE1F, 0xFE30...0xFE4F, 0x2600...0x26FF, 0x2700...0x27BF,
            0x3200...0x32FF, 0x3300...0x33FF:
            true
        case 0x2001...0x2A6D, 0x2F81...0x2FA1: true
        default: false
        }
    }
}
