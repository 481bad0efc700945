/// A text cut into lines and cues: at spaces, or anywhere in scripts that have none.
struct SubtitleText {
    /// What is not cut apart, with the space before it where there is one.
    private struct Piece {
        var text: Substring
        var columns: Int
        var hasSpaceBefore: Bool
    }

    private let pieces: [Piece]
    private let options: SubtitleOptions

    init(_ text: String, _ options: SubtitleOptions) {
        self.options = options
        pieces = text.split(whereSeparator: \.isWhitespace).flatMap { Self.pieces($0, limit: options.lineLength) }
    }

    /// The columns of the text on one line.
    var columns: Int { columns(0..<pieces.count) }

    /// The cues' lines.
    /// - Parameter limit: columns a cue may have at most, besides what its lines hold.
    func cues(limit: Int) -> [[String]] {
        var cues: [[String]] = []
        var start = 0
        while start < pieces.count {
            var end = start + 1
            while end < pieces.count, columns(start..<(end + 1)) <= limit, fits(start..<(end + 1)) { end += 1 }
            if end < pieces.count { end = sentenceEnd(start..<end) ?? end }
            cues.append(lines(start..<end))
            start = end
        }
        return cues
    }

    /// Where a sentence, or else a part of one, ends in the latter half.
    private func sentenceEnd(_ range: Range<Int>) -> Int? {
        let total = columns(range)
        func last(_ marks: String) -> Int? {
            range.reversed().first { index in
                pieces[index].text.last.map(marks.contains) == true
                    && columns(range.lowerBound..<(index + 1)) * 2 >= total
            }.map { $0 + 1 }
        }
        return last(".!?…。！？") ?? last(",;:–，、；：")
    }

    private func fits(_ range: Range<Int>) -> Bool { filled(range).count <= options.lines }

    /// As few lines as may be; of two, the most even ones.
    private func lines(_ range: Range<Int>) -> [String] {
        let filled = filled(range)
        guard filled.count == 2 else { return filled.map(text) }
        let best = range.dropFirst().map { (range.lowerBound..<$0, $0..<range.upperBound) }.filter {
            columns($0.0) <= options.lineLength && columns($0.1) <= options.lineLength
        }.min { abs(columns($0.0) - columns($0.1)) < abs(columns($1.0) - columns($1.1)) }
        return best.map { [text($0.0), text($0.1)] } ?? filled.map(text)
    }

    /// Lines, each as full as it gets.
    private func filled(_ range: Range<Int>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = range.lowerBound
        for index in range.dropFirst() where columns(start..<(index + 1)) > options.lineLength {
            lines.append(start..<index)
            start = index
        }
        return lines + [start..<range.upperBound]
    }

    private func columns(_ range: Range<Int>) -> Int {
        range.reduce(0) { sum, index in
            sum + pieces[index].columns + (index > range.lowerBound && pieces[index].hasSpaceBefore ? 1 : 0)
        }
    }

    private func text(_ range: Range<Int>) -> String {
        range.reduce(into: "") { text, index in
            if index > range.lowerBound, pieces[index].hasSpaceBefore { text += " " }
            text += pieces[index].text
        }
    }

    /// A word, or its characters where it is too long for a line or of a script without spaces. What ends a sentence or
    /// a part of one stays with the character before it.
    private static func pieces(_ word: Substring, limit: Int) -> [Piece] {
        let width = word.reduce(0) { $0 + $1.columns }
        guard width > limit || word.contains(where: { $0.columns == 2 }) else {
            return [Piece(text: word, columns: width, hasSpaceBefore: true)]
        }
        var pieces: [Piece] = []
        for index in word.indices {
            let character = word[index]
            let isMark = ".,!?;:…。！？，、；：」』）".contains(character)
            let joins = isMark || !pieces.isEmpty && character.columns == 1 && pieces.last?.text.last?.columns == 1
            if joins, let last = pieces.last, last.columns + character.columns <= limit {
                pieces[pieces.count - 1].text = word[last.text.startIndex...index]
                pieces[pieces.count - 1].columns += character.columns
            } else {
                pieces.append(
                    Piece(text: word[index...index], columns: character.columns, hasSpaceBefore: pieces.isEmpty))
            }
        }
        return pieces
    }
}
