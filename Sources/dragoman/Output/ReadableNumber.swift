/// Numbers as people read them.
enum ReadableNumber {
    /// With a comma between thousands, such as `1,234`.
    static func count(_ number: some BinaryInteger) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// A length of time in its two largest units, such as `2 h 05 min`, `3 min 20 s` or `12 s`.
    static func duration(seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e15 else { return "?" }
        let seconds = Int(max(0, seconds).rounded())
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(twoDigits(seconds % 60)) s"
        default: "\(count(seconds / 3600)) h \(twoDigits(seconds / 60 % 60)) min"
        }
    }

    /// How much of something is done, such as `41%`; `100%` only for all of it.
    static func percentage(of done: Int, in count: Int) -> String {
        count > 0 ? "\(Int((Double(done) / Double(count) * 100).rounded(.down)))%" : "100%"
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
