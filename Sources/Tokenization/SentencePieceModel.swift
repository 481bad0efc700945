/// The pieces of a SentencePiece model (`sentencepiece_model.proto`): all that turning ids into text needs.
struct SentencePieceModel {
    private static let piecesField: UInt64 = 1
    private static let pieceTextField: UInt64 = 1

    /// The texts of the pieces, by SentencePiece id.
    let pieces: [String]

    /// Parses a serialised `ModelProto`.
    init(_ message: UnsafeRawBufferPointer) throws(ProtobufReader.Malformed) {
        var reader = ProtobufReader(message)
        var pieces: [String] = []
        while let (number, value) = try reader.next() {
            guard number == Self.piecesField else { continue }
            guard case .bytes(let piece) = value else {
                throw ProtobufReader.Malformed(reason: "piece \(pieces.count) is not a message")
            }
            pieces.append(try Self.text(of: piece, index: pieces.count))
        }
        self.pieces = pieces
    }

    private static func text(
        of message: UnsafeRawBufferPointer, index: Int
    ) throws(ProtobufReader.Malformed) -> String {
        var reader = ProtobufReader(message)
        var text = ""
        while let (number, value) = try reader.next() {
            guard number == pieceTextField else { continue }
            guard case .bytes(let bytes) = value, let string = String(validating: bytes, as: UTF8.self) else {
                throw ProtobufReader.Malformed(reason: "the text of piece \(index) is not UTF-8")
            }
            text = string
        }
        return text
    }
}
