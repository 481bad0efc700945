import Platform

extension PackedFile {
    /// The tokens that the file has rows for; `nil` where it has all.
    func vocabularyShortlist(
        _ decoder: DecoderConfiguration, _ generation: GenerationConfiguration
    ) throws(CheckpointError) -> [Int32]? {
        guard let section = header.vocabulary else { return nil }
        var reader = ByteReader(bytes(section))
        var tokens: [Int32] = []
        tokens.reserveCapacity(section.size / MemoryLayout<Int32>.size)
        while let token = reader.integer(Int32.self) {
            guard token > tokens.last ?? -1, token < decoder.vocabularySize else {
                throw malformed(
                    "token \(token) can't follow \(tokens.last ?? -1) in a list below \(decoder.vocabularySize)")
            }
            tokens.append(token)
        }
        guard reader.remaining == 0 else { throw malformed("\(section.size) bytes are no list of tokens") }
        guard !tokens.isEmpty else { throw malformed("it is empty") }
        let kept = Set(tokens)
        for token in generation.tokenIDs where token < decoder.vocabularySize && !kept.contains(token) {
            throw malformed("token \(token), which generating text takes, is not among them")
        }
        for name in Checkpoint.vocabularyTensorNames {
            guard let tensor = tensor(name) else { continue }
            guard tensor.shape == [tokens.count, decoder.dModel] else {
                throw malformed(
                    "tensor \"\(name)\" has shape \(tensor.shape); expected \([tokens.count, decoder.dModel])")
            }
        }
        return tokens
    }

    private func malformed(_ reason: String) -> CheckpointError {
        CheckpointError(.malformedFile, "\(file.path): the list of kept tokens: \(reason)")
    }
}
