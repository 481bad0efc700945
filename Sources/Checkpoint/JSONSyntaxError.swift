/// Where a text stops being JSON, or being the JSON that was asked for, and why.
struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    /// Byte offset into the text.
    let offset: Int
    /// What is wrong there.
    let reason: String

    var description: String { "\(reason) at byte \(offset)" }
}
