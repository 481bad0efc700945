/// The headers `traceparent` and `tracestate` (www.w3.org/TR/trace-context).
extension TraceContext {
    static let parentName = "traceparent"
    static let stateName = "tracestate"

    /// What is longer than others have to hand on is left out.
    private static let longestState = 512
    private static let lengths = [2, 32, 16, 2]

    /// Reads what came with a message.
    /// - Returns: `nil` for anything that is not as the recommendation has it: a new trace begins then.
    init?(parent: String, state: String?) {
        let parts = parent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, zip(parts, Self.lengths).allSatisfy({ $0.utf8.count == $1 }),
            let version = Self.number(parts[0]), version != 0xFF, version > 0 || parts.count == 4,
            let high = Self.number(parts[1].prefix(16)), let low = Self.number(parts[1].suffix(16)),
            let span = Self.number(parts[2]), span != 0, let flags = Self.number(parts[3])
        else { return nil }
        let trace = TraceID(high: high, low: low)
        guard trace.isValid else { return nil }
        traceID = trace
        spanID = span
        isSampled = flags & 1 == 1
        let state = state ?? ""
        let isPlain = state.utf8.count <= Self.longestState && state.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        self.state = isPlain ? state : ""
    }

    /// As it goes out.
    var parent: String {
        "00-\(Self.digits(traceID.high))\(Self.digits(traceID.low))-\(Self.digits(spanID))-\(isSampled ? "01" : "00")"
    }

    /// Lower case alone is allowed.
    private static func number(_ text: Substring) -> UInt64? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
        return UInt64(text, radix: 16)
    }

    private static func digits(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
