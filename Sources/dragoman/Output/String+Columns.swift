extension String {
    /// Columns of a terminal the text takes.
    var columns: Int { reduce(0) { $0 + $1.columns } }

    /// The text, cut where it takes more than so many columns.
    func cut(toColumns width: Int, ellipsis: String = "…") -> String {
        guard columns > width else { return self }
        var text = ""
        var rest = width - ellipsis.columns
        for character in self {
            rest -= character.columns
            guard rest >= 0 else { break }
            text.append(character)
        }
        return width > 0 ? text + ellipsis : ""
    }

    /// The text with spaces after it, up to so many columns.
    func padded(toColumns width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - columns))
    }
}

extension Character {
    /// Two for the scripts of East Asia and for emoji (Unicode Standard Annex 11, wide and fullwidth), else one.
    var columns: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        return switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
