extension Checkpoint {
    private static let embeddingName = "decoder.model.decoder.embed_tokens.weight"
    private static let projectionName = "decoder.lm_head.weight"
    static let vocabularyTensorNames = [embeddingName, projectionName]

    /// The names under which the decoder's token embedding and its output projection are stored, both of shape
    /// `[vocabularySize, dModel]`; where there is a ``vocabularyShortlist``, with a row for each of its tokens.
    ///
    /// As in Hugging Face: where `tie_word_embeddings` is true either name may be absent and stands for the other; where
    /// both are stored, each is used as it is, whatever the configuration says.
    public var vocabularyNames: (embedding: String, projection: String) {
        var (embedding, projection) = (Self.embeddingName, Self.projectionName)
        if configuration.decoder.tieWordEmbeddings {
            if !contains(projection) { projection = embedding }
            if !contains(embedding), contains(projection) { embedding = projection }
        }
        return (embedding, projection)
    }
}
