import Jobs

extension ResultLine {
    /// The line, its fields always in the same order.
    var json: String {
        var line = JSONText()
        add(to: &line)
        return line.text
    }

    /// The line's fields as those of an object.
    func add(to line: inout JSONText) {
        line.add("file", file)
        line.add("status", status.schemaName)
        line.add("text", text)
        line.add("tokens", tokens)
        line.add("beam_score", beamScore)
        line.add("mean_token_logprob", meanTokenLogprob)
        if !alternatives.isEmpty {
            line.add("alternatives", alternatives) { alternative, object in alternative.add(to: &object) }
        }
        line.add("audio_seconds", audioSeconds)
        if let speechSeconds { line.add("speech_seconds", speechSeconds) }
        if !segments.isEmpty { line.add("segments", segments) { segment, object in segment.add(to: &object) } }
        if let timings { line.add("timings", timings.add(to:)) } else { line.addNull("timings") }
        if let failure {
            line.add("error") { error in
                error.add("reason", failure.reason)
                error.add("message", failure.message)
            }
        }
        job?.add(to: &line)
    }
}

extension ResultLine.Alternative {
    fileprivate func add(to object: inout JSONText) {
        object.add("text", text)
        object.add("tokens", tokens)
        object.add("beam_score", beamScore)
        object.add("mean_token_logprob", meanTokenLogprob)
    }
}

extension ResultLine.Segment {
    fileprivate func add(to object: inout JSONText) {
        object.add("start", start)
        object.add("end", end)
        object.add("text", text)
        object.add("tokens", tokens)
        object.add("beam_score", beamScore)
        object.add("mean_token_logprob", meanTokenLogprob)
        object.add("speech_probability", speechProbability)
        object.add("remarks", remarks)
    }
}

extension ResultLine.Timings {
    fileprivate func add(to object: inout JSONText) {
        if let queue { object.add("queue", queue) }
        if let fetch { object.add("fetch", fetch) }
        object.add("decode", decode)
        object.add("encode", encode)
        object.add("generate", generate)
    }
}

extension ResultLine.Job {
    fileprivate func add(to object: inout JSONText) {
        object.add("job_id", id)
        object.add("run", run)
        object.add("batch_index", batchIndex)
        object.add("source_language", sourceLanguage)
        object.add("target_language", targetLanguage)
        object.add("model") { [model] object in
            object.add("name", model.name)
            object.add("digest", model.digest)
            object.add("precision", model.precision)
        }
        object.add("worker", worker)
        object.add("labels", labels)
    }
}
