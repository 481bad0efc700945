/// What Hugging Face's `clean_up_tokenization` does: removes spaces before English punctuation and contractions.
enum SpaceCleanup {
    /// Replaced one after the other, each in the whole text.
    private static let replacements = [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"),
        (" n't", "n't"), (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ]

    static func apply(_ text: String) -> String {
        replacements.reduce(text) { replacing($1.0, with: $1.1, in: $0) }
    }

    /// Replaces from left to right, by code units, as Python's `str.replace` does.
    private static func replacing(_ target: String, with replacement: String, in text: String) -> String {
        let target = Array(target.utf8)
        let source = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < source.count {
            if source[index...].starts(with: target) {
                result.append(contentsOf: replacement.utf8)
                index += target.count
            } else {
                result.append(source[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
