import Jobs

/// A result as a row of fields, for spreadsheets and `cut`.
struct ResultRow {
    static let headings = ["file", "status", "text", "error", "audio_seconds", "target_language", "job_id"]

    /// As many as there are headings.
    let fields: [String]

    init(_ result: TranslationResult) {
        fields = [
            result.fileName, result.status.schemaName, result.text,
            result.hasError ? "\(result.error.reason.schemaName): \(result.error.message)" : "",
            String(result.audioSeconds), result.targetLanguage, result.jobID,
        ]
    }
}
