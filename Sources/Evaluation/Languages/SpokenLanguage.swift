/// A language of CoVoST 2, and so of the XLS-R speech-translation checkpoints.
public struct SpokenLanguage: Sendable, Hashable {
    /// How much of a language the paper's authors had to train its translation into English with.
    public enum Resources: String, Sendable, CaseIterable, Codable {
        /// French, German, Spanish and Catalan.
        case high
        /// Persian, Italian, Russian, Portuguese and Chinese.
        case mid
        /// The other twelve.
        case low
    }

    /// Two letters.
    public let code: String
    /// In English.
    public let name: String
    /// `nil` for English.
    public let resources: Resources?

    private init(_ code: String, _ name: String, _ resources: Resources?) {
        self.code = code
        self.name = name
        self.resources = resources
    }

    /// The language of a code, whatever region it names; `nil` where CoVoST 2 has none.
    public init?(code: String) {
        let base = LanguageCode.base(code)
        guard let language = Self.all.first(where: { $0.code == base }) else { return nil }
        self = language
    }

    /// A language's name; its code where CoVoST 2 doesn't have it.
    public static func name(_ code: String) -> String { Self(code: code)?.name ?? code }

    /// All 22, in the order of the paper's table, English last.
    public static let all: [SpokenLanguage] = [
        .init("fr", "French", .high), .init("de", "German", .high), .init("es", "Spanish", .high),
        .init("ca", "Catalan", .high), .init("fa", "Persian", .mid), .init("it", "Italian", .mid),
        .init("ru", "Russian", .mid), .init("pt", "Portuguese", .mid), .init("zh", "Chinese", .mid),
        .init("tr", "Turkish", .low), .init("ar", "Arabic", .low), .init("et", "Estonian", .low),
        .init("mn", "Mongolian", .low), .init("nl", "Dutch", .low), .init("sv", "Swedish", .low),
        .init("lv", "Latvian", .low), .init("sl", "Slovenian", .low), .init("ta", "Tamil", .low),
        .init("ja", "Japanese", .low), .init("id", "Indonesian", .low), .init("cy", "Welsh", .low),
        .init("en", "English", nil),
    ]

    /// The 15 that CoVoST 2 translates English into.
    public static let fromEnglish: [SpokenLanguage] = [
        "ar", "ca", "cy", "de", "et", "fa", "id", "ja", "lv", "mn", "sl", "sv", "ta", "tr", "zh",
    ].compactMap(SpokenLanguage.init(code:))
}
