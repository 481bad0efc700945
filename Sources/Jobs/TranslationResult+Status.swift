extension TranslationResult.Status {
    /// Whether the job was done; there need not be a text for that.
    public var isSuccess: Bool {
        switch self {
        case .ok, .noSpeech, .tooShort: true
        case .unspecified, .failed, .cancelled, .deadlineExceeded, .deadLettered, .UNRECOGNIZED: false
        }
    }
}
