import Platform

/// Turns the token ids of an mBART-50 decoder into text, as Hugging Face's `MBart50Tokenizer` does.
///
/// With N pieces in the SentencePiece model the ids are: 0 `<s>`, 1 `<pad>`, 2 `</s>`, 3 `<unk>`; 4 to N the pieces from
/// SentencePiece id 3 on; N+1 to N+52 the language codes; N+53 `<mask>`.
public struct MBartTokenizer: Sendable {
    static let specialTokens = ["<s>", "<pad>", "</s>", "<unk>"]
    static let maskToken = "<mask>"
    /// Ids beyond N: the languages, the mask and one for the shift between SentencePiece's ids and these.
    private static let extraTokenCount = MBartLanguage.codes.count + 2
    /// SentencePiece's own first ids, `<unk>`, `<s>` and `</s>`, which ``specialTokens`` replace.
    private static let replacedPieceCount = 3
    /// U+2581, which stands for a space at the beginning of a word.
    private static let space: Unicode.Scalar = "\u{2581}"

    /// Number of pieces N of the SentencePiece model.
    public let pieceCount: Int
    /// Rows of the network's vocabulary; those past `<mask>` are padding.
    public let vocabularySize: Int

    private let cleansUpSpaces: Bool
    /// The texts of the tokens from id 4 on; `nil` for one that is spelled like a special token, which decodes to nothing.
    let texts: [String?]

    /// Reads a SentencePiece model.
    /// - Parameters:
    ///   - model: The bytes of `sentencepiece.bpe.model` (a unigram model, despite its name).
    ///   - path: How messages call it.
    ///   - vocabularySize: Rows of the network's vocabulary, at least N + 54.
    ///   - cleansUpSpaces: Whether to remove the spaces before punctuation: `clean_up_tokenization_spaces`.
    public init(
        model: UnsafeRawBufferPointer, path: String, vocabularySize: Int, cleansUpSpaces: Bool = false
    ) throws(TokenizerError) {
        let pieces: [String]
        do {
            pieces = try SentencePieceModel(model).pieces
        } catch {
            throw TokenizerError(
                .malformedModel, "\(path): not a SentencePiece model: \(error.reason)", cause: error)
        }
        guard pieces.count >= Self.replacedPieceCount else {
            throw TokenizerError(
                .malformedModel, "\(path): \(pieces.count) pieces; expected <unk>, <s>, </s> and more")
        }
        guard vocabularySize >= pieces.count + Self.extraTokenCount, vocabularySize <= Int(Int32.max) else {
            throw TokenizerError(
                .vocabularyMismatch,
                "\(path): \(pieces.count) pieces make a vocabulary of \(pieces.count + Self.extraTokenCount); "
                    + "the network's has \(vocabularySize) rows")
        }
        let special = Set(Self.specialTokens + MBartLanguage.codes + [Self.maskToken])
        texts = pieces.dropFirst(Self.replacedPieceCount).map { special.contains($0) ? nil : $0 }
        pieceCount = pieces.count
        self.vocabularySize = vocabularySize
        self.cleansUpSpaces = cleansUpSpaces
    }

    /// The text of token ids: `batch_decode(skip_special_tokens=True)` of transformers 5.23.
    ///
    /// Special tokens, languages, `<unk>` and ids outside the vocabulary give nothing. Of the first token that is left every
    /// `▁` is dropped, elsewhere it becomes a space; so the text may begin or end with a space.
    public func decode(_ ids: some Sequence<Int32>) -> String {
        var text = String.UnicodeScalarView()
        var isFirst = true
        for id in ids {
            guard let piece = self.text(of: id) else { continue }
            for scalar in piece.unicodeScalars {
                if scalar != Self.space {
                    text.append(scalar)
                } else if !isFirst {
                    text.append(" ")
                }
            }
            isFirst = false
        }
        return cleansUpSpaces ? SpaceCleanup.apply(String(text)) : String(text)
    }

    /// The token id of an mBART-50 language code such as `de_DE`.
    public func tokenID(languageCode: String) -> Int32? {
        MBartLanguage.codes.firstIndex(of: languageCode).map { Int32(pieceCount + 1 + $0) }
    }

    /// The mBART-50 language code of a token id; `nil` when the token is not a language.
    public func languageCode(tokenID: Int32) -> String? {
        let index = Int(tokenID) - pieceCount - 1
        return MBartLanguage.codes.indices ~= index ? MBartLanguage.codes[index] : nil
    }

    private func text(of id: Int32) -> String? {
        let index = Int(id) - Self.specialTokens.count
        return texts.indices ~= index ? texts[index] : nil
    }
}

extension MBartTokenizer {
    /// Reads a SentencePiece model from a file of its own.
    /// - Parameter modelPath: Path of `sentencepiece.bpe.model`.
    public init(modelPath: String, vocabularySize: Int, cleansUpSpaces: Bool = false) throws(TokenizerError) {
        let file: MappedFile
        do {
            file = try MappedFile(path: modelPath)
        } catch {
            throw TokenizerError(.fileNotReadable, error.description, cause: error)
        }
        try self.init(
            model: file.bytes, path: modelPath, vocabularySize: vocabularySize, cleansUpSpaces: cleansUpSpaces)
    }
}
