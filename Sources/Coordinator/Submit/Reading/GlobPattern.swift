/// A shell's pattern for the name of a file: `*`, `?` and `[...]`. A dot at the beginning matches only a dot.
struct GlobPattern: Sendable {
    private enum Token {
        case any
        case one
        case scalar(Unicode.Scalar)
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .any: false
            case .one: true
            case .scalar(let expected): scalar == expected
            case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
            }
        }
    }

    private let tokens: [Token]
    private let matchesHidden: Bool

    /// Whether a path has one of the characters that make it a pattern.
    static func isPattern(_ text: some StringProtocol) -> Bool {
        text.utf8.contains { "*?[".utf8.contains($0) }
    }

    init(_ text: Substring) {
        var tokens: [Token] = []
        var rest = text.unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": tokens.append(.any)
            case "?": tokens.append(.one)
            case "[": tokens.append(Self.set(&rest) ?? .scalar("["))
            case "\\": tokens.append(.scalar(rest.popFirst() ?? "\\"))
            default: tokens.append(.scalar(scalar))
            }
        }
        self.tokens = tokens
        matchesHidden = text.hasPrefix(".")
    }

    /// Whether a name matches as a whole.
    func matches(_ name: String) -> Bool {
        guard matchesHidden || !name.hasPrefix(".") else { return false }
        let scalars = Array(name.unicodeScalars)
        var (position, token) = (0, 0)
        // Where to go on when the last star takes one scalar more: earlier stars need never take more.
        var retry: (position: Int, token: Int)?
        while position < scalars.count {
            if token < tokens.count, case .any = tokens[token] {
                token += 1
                retry = (position, token)
            } else if token < tokens.count, tokens[token].matches(scalars[position]) {
                position += 1
                token += 1
            } else if let last = retry {
                position = last.position + 1
                token = last.token
                retry = (position, token)
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { if case .any = $0 { true } else { false } }
    }

    /// Reads a set up to its closing bracket, which may come first as a member.
    /// - Returns: `nil`, with nothing read, when no bracket closes it.
    private static func set(_ rest: inout Substring.UnicodeScalarView) -> Token? {
        var members = rest
        let isNegated = members.first == "!" || members.first == "^"
        if isNegated { members.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while let lower = members.popFirst() {
            if lower == "]", !ranges.isEmpty {
                rest = members
                return .set(ranges, isNegated: isNegated)
            }
            var upper = lower
            if members.first == "-", let last = members.dropFirst().first, last != "]" {
                members.removeFirst(2)
                upper = last
            }
            // A range the wrong way round is its first member.
            ranges.append(lower <= upper ? lower...upper : lower...lower)
        }
        return nil
    }
}
