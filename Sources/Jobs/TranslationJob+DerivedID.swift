extension TranslationJob {
    /// The id of a job that was not given one: what is asked for, not who asks or when.
    ///
    /// The bytes hashed are those of `DerivedID` under the heading `dragoman.v1.job`, with these items in this order,
    /// absent ones left out: `audio.uri`, `audio.sha256`, `audio.start`, `audio.end`, `target_language`, `model`, then
    /// the fields of `decoding` and `segmentation` by their names in the schema, such as `decoding.beams`, in the order
    /// of their numbers; enumerations by the numbers of their values. Fields added to the schema later follow the same
    /// rule, so that jobs without them keep their ids.
    public var derivedID: String {
        var id = DerivedID(heading: "dragoman.v1.job")
        id.add("audio.uri", audio.uri)
        if audio.hasSha256 { id.add("audio.sha256", audio.sha256.lowercased()) }
        if audio.hasStart { id.add("audio.start", audio.start) }
        if audio.hasEnd { id.add("audio.end", audio.end) }
        if !targetLanguage.isEmpty { id.add("target_language", targetLanguage) }
        if !model.isEmpty { id.add("model", model) }
        decoding.add(to: &id)
        segmentation.add(to: &id)
        return id.finalize()
    }
}

extension JobDecoding {
    fileprivate func add(to id: inout DerivedID) {
        if hasBeams { id.add("decoding.beams", beams) }
        if hasMaxLength { id.add("decoding.max_length", maxLength) }
        if hasMaxNewTokens { id.add("decoding.max_new_tokens", maxNewTokens) }
        if hasLengthPenalty { id.add("decoding.length_penalty", lengthPenalty) }
        if earlyStopping != .unspecified {
            id.add("decoding.early_stopping", UInt32(truncatingIfNeeded: earlyStopping.rawValue))
        }
        if hasNoRepeatNgramSize { id.add("decoding.no_repeat_ngram_size", noRepeatNgramSize) }
        if hasNBest { id.add("decoding.n_best", nBest) }
        if hasGuards { id.add("decoding.guards", UInt32(guards ? 1 : 0)) }
    }
}

extension JobSegmentation {
    fileprivate func add(to id: inout DerivedID) {
        if method != .unspecified { id.add("segmentation.method", UInt32(truncatingIfNeeded: method.rawValue)) }
        if hasMinLength { id.add("segmentation.min_length", minLength) }
        if hasTargetLength { id.add("segmentation.target_length", targetLength) }
        if hasMaxLength { id.add("segmentation.max_length", maxLength) }
        if hasSpeechThreshold { id.add("segmentation.speech_threshold", speechThreshold) }
        if hasMinSpeech { id.add("segmentation.min_speech", minSpeech) }
        if hasMinSilence { id.add("segmentation.min_silence", minSilence) }
        if hasPadding { id.add("segmentation.padding", padding) }
        if hasNegativeThreshold { id.add("segmentation.negative_threshold", negativeThreshold) }
        if hasLongPause { id.add("segmentation.long_pause", longPause) }
    }
}
