/// The languages a checkpoint of the XLS-R speech-translation family translates into, by the published tables.
struct PublishedLanguages {
    /// The model cards' target tokens, as distances from N. mBART-50 has no Welsh or Catalan: the checkpoints use the tokens of
    /// Finnish and Spanish. For Latvian the cards name the token of Burmese, not that of lv_LV (N + 16).
    private static let offsets: KeyValuePairs<String, Int32> = [
        "ar": 1, "ca": 5, "cy": 7, "de": 3, "et": 6, "fa": 29, "id": 32, "ja": 12, "lv": 17, "mn": 37, "sl": 52,
        "sv": 42,
        "ta": 44, "tr": 23, "zh": 25,
    ]
    private static let english = "en"

    /// The languages, in alphabetical order.
    let all: [TargetLanguage]
    private let tokenizer: MBartTokenizer

    /// A checkpoint whose default is English has nothing else (21-to-en). The others have fifteen languages, and English unless
    /// their name says that it is what they translate from (en-to-15).
    init(tokenizer: MBartTokenizer, defaultTokenID: Int32?, checkpointName: String) {
        let base = Int32(tokenizer.pieceCount)
        let english = tokenizer.tokenID(languageCode: "en_XX").map { TargetLanguage(code: Self.english, tokenID: $0) }
        let others = Self.offsets.map { TargetLanguage(code: $0.key, tokenID: base + $0.value) }
        let languages: [TargetLanguage?] =
            if defaultTokenID != nil, defaultTokenID == english?.tokenID {
                [english]
            } else if checkpointName.contains("en-to-15") {
                others
            } else {
                others + [english]
            }
        all = languages.compactMap(\.self).sorted { $0.code < $1.code }
        self.tokenizer = tokenizer
    }

    /// The language a code means.
    func language(_ code: String) -> TargetLanguage? {
        let code = code.lowercased()
        return all.first { $0.code == code } ?? all.first { mBartCode(of: $0)?.lowercased() == code }
    }

    /// How a token is called.
    func code(of tokenID: Int32) -> String {
        all.first { $0.tokenID == tokenID }?.code ?? tokenizer.languageCode(tokenID: tokenID) ?? String(tokenID)
    }

    /// The mBART-50 code of a language's token, if it is one for that very language.
    private func mBartCode(of language: TargetLanguage) -> String? {
        guard let code = tokenizer.languageCode(tokenID: language.tokenID), code.hasPrefix(language.code + "_") else {
            return nil
        }
        return code
    }
}
