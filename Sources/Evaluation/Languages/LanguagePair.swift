/// A direction of translation, by codes without regions.
public struct LanguagePair: Sendable, Hashable, Codable {
    /// What is spoken.
    public let source: String
    /// What it is translated into.
    public let target: String

    /// Creates a direction of codes such as `zh`, `zh-CN` or `zh_CN`.
    public init(source: String, target: String) {
        self.source = LanguageCode.base(source)
        self.target = LanguageCode.base(target)
    }

    /// Such as `fr-en`.
    public var code: String { "\(source)-\(target)" }

    /// Such as `French into English`.
    public var title: String { "\(SpokenLanguage.name(source)) into \(SpokenLanguage.name(target))" }

    /// The direction in the name of a file of CoVoST 2, such as `covost_v2.zh-CN_en.test.tsv`.
    init?(fileName: String) {
        for part in fileName.split(separator: ".") {
            let codes = part.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
            guard codes.count == 2, codes.allSatisfy({ SpokenLanguage(code: $0) != nil }), codes[0] != codes[1] else {
                continue
            }
            self.init(source: codes[0], target: codes[1])
            return
        }
        return nil
    }
}
