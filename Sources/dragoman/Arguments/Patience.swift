import ArgumentParser

/// How long to wait.
enum Patience: ExpressibleByArgument, Hashable {
    case seconds(Double)
    case unlimited

    init?(argument: String) {
        guard let seconds = Double(argument), (0...1e9).contains(seconds) else { return nil }
        self = .seconds(seconds)
    }

    var defaultValueDescription: String {
        switch self {
        case .seconds(let seconds): "\(seconds)"
        case .unlimited: "without end"
        }
    }

    /// `nil` without a limit.
    var duration: Duration? {
        switch self {
        case .seconds(let seconds): .seconds(seconds)
        case .unlimited: nil
        }
    }
}
