/// What one source says about one setting.
package struct SettingValue: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        case text(String)
        case list([String])
    }

    package var content: Content
    /// Who says so, for people: a flag, a variable, or a file and a line.
    package var origin: String

    /// The value on one line.
    package var text: String {
        switch content {
        case .text(let text): text
        case .list(let texts): texts.joined(separator: ",")
        }
    }
}
