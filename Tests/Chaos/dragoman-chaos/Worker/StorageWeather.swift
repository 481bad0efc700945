import Foundation

/// What the storage is like for everybody at the moment. The driver writes it into a file, workers read it.
enum StorageWeather: Sendable, Hashable, CustomStringConvertible {
    case fine
    /// Every answer takes so many milliseconds longer.
    case slow(Int)
    /// Every read fails with an input/output error.
    case failing
    /// The disk on which audio is put aside is full.
    case full
    /// No answer ever, until the weather changes.
    case hanging

    /// As it stands in the file.
    var description: String {
        switch self {
        case .fine: "fine"
        case .slow(let milliseconds): "slow \(milliseconds)"
        case .failing: "failing"
        case .full: "full"
        case .hanging: "hanging"
        }
    }

    /// Reads what ``description`` gives; anything else is fine weather.
    init(_ text: some StringProtocol) {
        let words = text.split(whereSeparator: \.isWhitespace)
        switch words.first {
        case "slow": self = .slow(words.dropFirst().first.flatMap { Int($0) } ?? 100)
        case "failing": self = .failing
        case "full": self = .full
        case "hanging": self = .hanging
        default: self = .fine
        }
    }

    /// The weather that a file tells of.
    static func current(_ path: String) -> StorageWeather {
        StorageWeather(FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? "")
    }
}
