extension MBartTokenizer {
    /// The token ids of all tokens by their spelling: pieces, special tokens and languages.
    public func tokenIDsBySpelling() -> [String: Int32] {
        var ids: [String: Int32] = [:]
        ids.reserveCapacity(vocabularySize)
        for (id, text) in texts.enumerated() {
            if let text { ids[text] = Int32(Self.specialTokens.count + id) }
        }
        for (id, text) in Self.specialTokens.enumerated() { ids[text] = Int32(id) }
        for (index, code) in MBartLanguage.codes.enumerated() { ids[code] = Int32(pieceCount + 1 + index) }
        ids[Self.maskToken] = Int32(pieceCount + 1 + MBartLanguage.codes.count)
        return ids
    }

    /// The token ids of what is no text: special tokens, languages and the mask.
    public var tokenIDsOfNoText: [Int32] {
        let shifted = pieceCount + 1
        return (0..<Self.specialTokens.count).map { Int32($0) }
            + (shifted...shifted + MBartLanguage.codes.count).map { Int32($0) }
    }
}
