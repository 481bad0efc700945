import SwiftProtobuf

extension TranslationJob {
    /// Checks everything that can be checked without the audio and the model.
    /// - Throws: ``JobsError`` with code `invalidField` or `invalidOption` that names the first field that is wrong.
    public func validate() throws(JobsError) {
        try FieldCheck(field: "id").id(id)
        if !batchID.isEmpty { try FieldCheck(field: "batch_id").id(batchID) }
        try audio.validate()
        try FieldCheck(field: "model").text(model)
        try FieldCheck(field: "source_language").text(sourceLanguage)
        try FieldCheck(field: "target_language", code: .invalidOption).text(targetLanguage)
        try decoding.validate()
        try segmentation.validate()
        try TranslationJob.validate(labels: labels)
        let years = Google_Protobuf_Timestamp.secondsRange
        if hasSubmitTime { try FieldCheck(field: "submit_time").range(submitTime.seconds, years) }
        if hasDeadline { try FieldCheck(field: "deadline").range(deadline.seconds, years) }
    }

    /// Checks a job's id, or another name of that form.
    /// - Throws: ``JobsError`` that calls it by the field's name.
    public static func validate(id: String, field: String = "id") throws(JobsError) {
        try FieldCheck(field: field).id(id)
    }

    /// Checks a batch's name.
    /// - Throws: ``JobsError``.
    public static func validate(batchID: String) throws(JobsError) {
        try FieldCheck(field: "batch_id").id(batchID)
    }

    /// Checks labels.
    /// - Throws: ``JobsError``.
    public static func validate(labels: [String: String]) throws(JobsError) {
        guard labels.count <= JobLimits.labels else {
            throw FieldCheck(field: "labels").fail("expected at most \(JobLimits.labels), not \(labels.count)")
        }
        for (key, value) in labels {
            guard !key.isEmpty else { throw FieldCheck(field: "labels").fail("expected keys that are not empty") }
            let name = key.prefix(JobLimits.labelKeyLength)
            try FieldCheck(field: "labels, key '\(name)'").text(key, limit: JobLimits.labelKeyLength)
            try FieldCheck(field: "labels.\(name)").text(value, limit: JobLimits.labelValueLength)
        }
    }
}

extension JobAudio {
    /// Checks URI, checksum and range.
    /// - Throws: ``JobsError`` with code `invalidField`.
    public func validate() throws(JobsError) {
        try FieldCheck(field: "audio.uri").uri(uri)
        if hasSha256 {
            guard sha256.utf8.count == 64, sha256.utf8.allSatisfy(\.isHexadecimalDigit) else {
                throw FieldCheck(field: "audio.sha256").fail("expected 64 hexadecimal digits")
            }
        }
        if hasStart { try FieldCheck(field: "audio.start").seconds(start) }
        if hasEnd {
            try FieldCheck(field: "audio.end").seconds(end)
            guard end > start else { throw FieldCheck(field: "audio.end").fail("expected more than audio.start") }
        }
        if hasDurationHint { try FieldCheck(field: "audio.duration_hint").seconds(durationHint) }
    }
}

extension JobDecoding {
    /// Checks the numbers' ranges.
    /// - Throws: ``JobsError`` with code `invalidOption`.
    public func validate() throws(JobsError) {
        func check(_ field: String) -> FieldCheck { FieldCheck(field: "decoding.\(field)", code: .invalidOption) }
        if hasBeams { try check("beams").range(beams, JobLimits.beams) }
        if hasMaxLength { try check("max_length").range(maxLength, JobLimits.tokens) }
        if hasMaxNewTokens { try check("max_new_tokens").range(maxNewTokens, JobLimits.tokens) }
        if hasLengthPenalty { try check("length_penalty").range(lengthPenalty, -100...100) }
        if case .UNRECOGNIZED(let value) = earlyStopping {
            throw check("early_stopping").fail("there is no value \(value)")
        }
        if hasNoRepeatNgramSize {
            try check("no_repeat_ngram_size").range(noRepeatNgramSize, 0...JobLimits.tokens.upperBound)
        }
        if hasNBest { try check("n_best").range(nBest, 1...(hasBeams ? beams : JobLimits.beams.upperBound)) }
    }
}

extension JobSegmentation {
    /// Checks lengths and thresholds.
    /// - Throws: ``JobsError`` with code `invalidOption`.
    public func validate() throws(JobsError) {
        func check(_ field: String) -> FieldCheck { FieldCheck(field: "segmentation.\(field)", code: .invalidOption) }
        if case .UNRECOGNIZED(let value) = method { throw check("method").fail("there is no value \(value)") }
        if hasMinLength { try check("min_length").seconds(minLength) }
        if hasTargetLength { try check("target_length").seconds(targetLength) }
        if hasMaxLength { try check("max_length").seconds(maxLength) }
        if hasSpeechThreshold { try check("speech_threshold").range(speechThreshold, 0...1) }
        if hasMinSpeech { try check("min_speech").seconds(minSpeech) }
        if hasMinSilence { try check("min_silence").seconds(minSilence) }
        if hasPadding { try check("padding").seconds(padding) }
        if hasNegativeThreshold { try check("negative_threshold").range(negativeThreshold, 0...1) }
        if hasLongPause { try check("long_pause").seconds(longPause) }
    }
}
