/// Codes of languages as data sets and checkpoints write them.
enum LanguageCode {
    /// The language without its region, in lower case: `zh` of `zh-CN`, `de` of `de_DE`.
    static func base(_ code: String) -> String {
        String(code.prefix { $0 != "-" && $0 != "_" }).lowercased()
    }
}
