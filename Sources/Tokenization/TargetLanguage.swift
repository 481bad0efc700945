/// A language a checkpoint translates into, and the token that asks for it: the first one the decoder is made to generate.
public struct TargetLanguage: Sendable, Hashable {
    /// The code by which the checkpoint's authors publish the language, such as `de`; for a token outside their list its
    /// mBART-50 code or, failing that, its id.
    public let code: String
    /// The token's id.
    public let tokenID: Int32

    /// The languages a checkpoint translates into, in the order of their codes; its arguments are those of
    /// ``resolve(_:tokenizer:defaultTokenID:checkpointName:)``.
    public static func published(
        tokenizer: MBartTokenizer, defaultTokenID: Int32?, checkpointName: String
    ) -> [TargetLanguage] {
        PublishedLanguages(tokenizer: tokenizer, defaultTokenID: defaultTokenID, checkpointName: checkpointName).all
    }

    /// Finds the language to translate into.
    ///
    /// - Parameters:
    ///   - specification: A code as published (`de`, `cy`, …, case ignored), its mBART-50 form where both mean the same
    ///     token (`de_DE`), or a token id in decimal, which may be any of the vocabulary. `nil` asks for the default.
    ///   - tokenizer: The checkpoint's tokenizer.
    ///   - defaultTokenID: The checkpoint's own `forced_bos_token_id`.
    ///   - checkpointName: The checkpoint's name, which tells those from English apart.
    /// - Returns: The language; `nil` only when none is asked for and the checkpoint forces none.
    public static func resolve(
        _ specification: String?, tokenizer: MBartTokenizer, defaultTokenID: Int32?, checkpointName: String
    ) throws(TokenizerError) -> TargetLanguage? {
        let languages = PublishedLanguages(
            tokenizer: tokenizer, defaultTokenID: defaultTokenID, checkpointName: checkpointName)
        guard let specification else {
            return defaultTokenID.map { TargetLanguage(code: languages.code(of: $0), tokenID: $0) }
        }
        if !specification.isEmpty, specification.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            guard let id = Int32(specification), id < tokenizer.vocabularySize else {
                throw TokenizerError(
                    .unknownTargetLanguage,
                    "target language \(specification): expected a token id from 0 to \(tokenizer.vocabularySize - 1)")
            }
            return TargetLanguage(code: languages.code(of: id), tokenID: id)
        }
        if let language = languages.language(specification) { return language }
        let codes = languages.all.map(\.code).joined(separator: ", ")
        throw TokenizerError(
            .unknownTargetLanguage,
            "target language \"\(specification)\": \(checkpointName) translates into \(codes); for any other give the number of "
                + "its token, such as \(tokenizer.tokenID(languageCode: "lv_LV") ?? 0) for mBART-50's lv_LV")
    }
}
