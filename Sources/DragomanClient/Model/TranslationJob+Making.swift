import Jobs

extension TranslationJob {
    /// A job for a whole recording, with the checkpoint's own decoding.
    /// - Parameters:
    ///   - uri: an absolute URI that the workers can fetch, such as `file:///audio/call-17.wav`.
    ///   - language: a code of the checkpoint such as `de`; empty for its only language.
    ///   - id: the job's name for good; empty derives it from what is asked for.
    ///   - batchID: the batch it belongs to; empty for none.
    ///   - labels: what is to be found in the result again.
    public init(
        uri: String, into language: String = "", id: String = "", batchID: String = "", labels: [String: String] = [:]
    ) {
        self.init()
        audio.uri = uri
        targetLanguage = language
        self.id = id
        self.batchID = batchID
        self.labels = labels
    }
}
