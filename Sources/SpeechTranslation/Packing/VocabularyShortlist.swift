import Checkpoint
import FoundationEssentials
import Platform
import Tokenization

/// Tokens to keep of a checkpoint's vocabulary, so that a model for one use need not score all words of all languages.
///
/// They come from a text file with a token on each line; empty lines don't count. A file of nothing but decimal numbers has
/// token ids; in any other each line is a SentencePiece piece, even one that is spelled like a number.
///
/// Always kept are special tokens, languages, the tokens that the checkpoint's generation settings name, the piece of a
/// single space and pieces that stand for bytes.
public struct VocabularyShortlist: Sendable, Hashable {
    /// The ids of the tokens, in ascending order.
    public let tokens: [Int32]

    /// Reads a list.
    /// - Throws: ``SpeechTranslationError`` that names file and line, or what a checkpoint's tokenizer throws.
    public init(path: String, checkpoint: Checkpoint) throws {
        let file: MappedFile
        do {
            file = try MappedFile(path: path)
        } catch {
            throw SpeechTranslationError(.invalidOption, error.description, cause: error)
        }
        try self.init(file.bytes, path: path, checkpoint: checkpoint)
    }

    init(_ bytes: UnsafeRawBufferPointer, path: String, checkpoint: Checkpoint) throws {
        let size = checkpoint.configuration.decoder.vocabularySize
        let tokenizer = try MBartTokenizer(
            model: checkpoint.tokenizerModel.bytes, path: checkpoint.tokenizerModel.path, vocabularySize: size)
        let lines = try Self.lines(bytes, path: path)
        guard !lines.isEmpty else {
            throw SpeechTranslationError(.invalidOption, "\(path): no tokens; expected one on each line")
        }
        let spellings = tokenizer.tokenIDsBySpelling()
        let areIDs = lines.allSatisfy { $0.text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 } }
        var kept = Set(tokenizer.tokenIDsOfNoText)
        kept.formUnion(checkpoint.generation.tokenIDs.filter { 0..<size ~= Int($0) })
        for (spelling, id) in spellings where Self.isIndispensable(spelling) { kept.insert(id) }
        for (number, text) in lines {
            if areIDs {
                guard let id = Int32(text), id < size else {
                    throw SpeechTranslationError(
                        .invalidOption, "\(path):\(number): token id \(text); expected at most \(size - 1)")
                }
                kept.insert(id)
            } else {
                guard let id = spellings[text] else {
                    throw SpeechTranslationError(
                        .invalidOption,
                        "\(path):\(number): \"\(text)\" is no piece of \(checkpoint.tokenizerModel.path); expected a piece "
                            + "on every line, or a token id on every line")
                }
                kept.insert(id)
            }
        }
        tokens = kept.sorted()
    }

    /// The lines that are not empty, with their numbers.
    private static func lines(_ bytes: UnsafeRawBufferPointer, path: String) throws -> [(number: Int, text: String)] {
        var lines: [(number: Int, text: String)] = []
        let parts = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let line = part.last == UInt8(ascii: "\r") ? part.dropLast() : part
            guard let text = String(validating: line, as: UTF8.self) else {
                throw SpeechTranslationError(.invalidOption, "\(path):\(index + 1): not UTF-8")
            }
            if !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
                lines.append((index + 1, text))
            }
        }
        return lines
    }

    /// Whether any text may need it: the space, or a byte such as `<0x0A>`.
    private static func isIndispensable(_ piece: String) -> Bool {
        piece == "\u{2581}" || (piece.utf8.count == 6 && piece.hasPrefix("<0x") && piece.hasSuffix(">"))
    }
}
