import GRPCProtobuf

/// What became of one job that somebody submitted.
enum SubmitOutcome: Sendable {
    /// It is in its topic, and was not before.
    case accepted(IndexedJob)
    /// It was there before, with the same contents.
    case present(IndexedJob)
    /// It was only checked, and is as it should be.
    case valid
    /// It is not in its topic.
    case rejected(GoogleRPCStatus)
}
