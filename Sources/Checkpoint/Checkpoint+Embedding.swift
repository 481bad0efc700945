extension Checkpoint {
    private static let embeddingName = "decoder.model.decoder.embed_tokens.weight"
    private static let projectionName = "decoder.lm_head.weight"

    /// The decoder's token embedding and its output projection, both `[vocabularySize, dModel]`.
    ///
    /// As in Hugging Face: where `tie_word_embeddings` is true either name may be absent and stands for the other; where
    /// both are stored, each is used as it is, whatever the configuration says.
    public func tiedEmbedding() throws(CheckpointError) -> (embedding: Float32Tensor, projection: Float32Tensor) {
        let decoder = configuration.decoder
        let shape = [decoder.vocabularySize, decoder.dModel]
        var (embedding, projection) = (Self.embeddingName, Self.projectionName)
        if decoder.tieWordEmbeddings {
            if !contains(projection) { projection = embedding }
            if !contains(embedding), contains(projection) { embedding = projection }
        }
        return (try tensor(embedding, shape: shape), try tensor(projection, shape: shape))
    }
}
