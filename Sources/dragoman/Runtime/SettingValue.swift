/// What one source says about one setting.
struct SettingValue: Sendable, Hashable {
    enum Content: Sendable, Hashable {
        case text(String)
        case list([String])
    }

    var content: Content
    /// Who says so, for people: a flag, a variable, or a file and a line.
    var origin: String

    /// The value on one line.
    var text: String {
        switch content {
        case .text(let text): text
        case .list(let texts): texts.joined(separator: ",")
        }
    }
}
