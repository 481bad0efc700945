import FoundationEssentials
import Jobs

/// A time as people give it: a date, or how long from now.
public enum PointInTime: Sendable, Hashable {
    /// A date, from RFC 3339: `2026-11-22T13:40:00Z`.
    case date(Date)
    /// So many seconds before or after now, from `90s`, `30m`, `2h`, `7d` or `1h30m`.
    case distance(Double)

    /// What is right, for messages.
    public static let form = "a time such as 2026-11-22T13:40:00Z, or a length such as 90s, 30m, 2h or 7d"

    private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    private static let longest = 100 * 365 * 86_400.0

    /// - Returns: `nil` for what is neither.
    public init?(_ text: String) {
        if let date = Date(rfc3339: text) {
            self = .date(date)
        } else if let seconds = Self.seconds(text) {
            self = .distance(seconds)
        } else {
            return nil
        }
    }

    /// The time itself, where lengths go forward.
    public func after(_ now: Date) -> Date {
        switch self {
        case .date(let date): date
        case .distance(let seconds): now + seconds
        }
    }

    /// The time itself, where lengths go back.
    public func before(_ now: Date) -> Date {
        switch self {
        case .date(let date): date
        case .distance(let seconds): now - seconds
        }
    }

    private static func seconds(_ text: String) -> Double? {
        var total = 0.0
        var digits = ""
        for character in text {
            if let unit = units[character] {
                guard let number = Double(digits) else { return nil }
                total += number * unit
                digits = ""
            } else if character.isASCII, character.isNumber || character == "." {
                digits.append(character)
            } else {
                return nil
            }
        }
        return digits.isEmpty && !text.isEmpty && total <= longest ? total : nil
    }
}

extension Date {
    /// - Returns: `nil` for what is no time, and for years that a message can't hold.
    init?(rfc3339 text: String) {
        let styles = [true, false].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
        let years = Date(timeIntervalSince1970: -62_135_596_800)...Date(timeIntervalSince1970: 253_402_300_799)
        guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first, years.contains(date) else { return nil }
        self = date
    }
}

extension [MessageHeader] {
    /// The time in a header; `nil` without one.
    func date(_ name: HeaderName) -> Date? { text(name).flatMap(Date.init(rfc3339:)) }
}
