import Jobs

/// Tells results that can't be of a batch without decoding them: the topic holds everybody's.
struct BatchFilter: Sendable {
    private let batchID: [UInt8]

    init(batchID: String) {
        self.batchID = Array(batchID.utf8)
    }

    /// `false` only where the value does not name the batch. An id is plain ASCII, so that it stands in the value as it
    /// is, but for JSON that spells it with escapes.
    func mayMatch(_ value: [UInt8], headers: [MessageHeader]) -> Bool {
        if value.span.contains(batchID.span) { return true }
        return value.contains(UInt8(ascii: "\\")) && (try? MessageCodec.format(of: headers)) == .json
    }
}

extension Span<UInt8> {
    fileprivate func contains(_ pattern: Span<UInt8>) -> Bool {
        guard !pattern.isEmpty else { return true }
        guard pattern.count <= count else { return false }
        for start in 0...count - pattern.count where self[start] == pattern[0] {
            if (1..<pattern.count).allSatisfy({ self[start + $0] == pattern[$0] }) { return true }
        }
        return false
    }
}
