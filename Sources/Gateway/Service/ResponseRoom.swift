import SwiftProtobuf

/// How much fits into a message: clients take four megabytes unless they are told otherwise.
struct ResponseRoom {
    private var byteCount = 0
    private static let limit = 3_000_000

    /// Whether a message fits in beside those before it; the first always does.
    mutating func takes(_ message: some Message) -> Bool {
        let size = (try? message.serializedData().count) ?? 0
        guard byteCount == 0 || byteCount + size <= Self.limit else { return false }
        byteCount += size
        return true
    }
}
