/// The headers of Dragoman's records.
public enum HeaderName: String, Sendable, CaseIterable {
    /// ``WireFormat``; JSON without it.
    case contentType = "content-type"

    // CloudEvents, binary mode.
    /// Identifies the event together with its source.
    case eventID = "ce_id"
    /// Who made it, a URI reference.
    case eventSource = "ce_source"
    /// Version of CloudEvents, `1.0`.
    case eventSpecVersion = "ce_specversion"
    /// When it was made, RFC 3339.
    case eventTime = "ce_time"
    /// ``WireMessage/eventType``.
    case eventType = "ce_type"

    // W3C trace context, handed on untouched.
    /// The trace and the parent span.
    case traceParent = "traceparent"
    /// What vendors add.
    case traceState = "tracestate"

    // Results, dead letters and retries.
    /// The record this one answers or repeats: `TOPIC/PARTITION/OFFSET`. Of a result, the record that was answered; of a
    /// retry or a dead letter, where the job first was.
    case origin = "dragoman-origin"
    /// The batch of the job that a result answers.
    case batch = "dragoman-batch"
    /// A ``JobError/Reason`` by name.
    case reason = "dragoman-reason"
    /// A ``FailureClass``.
    case failureClass = "dragoman-class"
    /// Attempts made, in decimal.
    case attempts = "dragoman-attempts"
    /// Name of the worker that gave up.
    case worker = "dragoman-worker"
    /// A retry is not to begin before this time, RFC 3339.
    case notBefore = "dragoman-not-before"
    /// Attempts that ended with the worker's death, in decimal.
    case crashes = "dragoman-crashes"
    /// Topic of the lane a retry or a dead letter belongs to.
    case lane = "dragoman-lane"

    // Marks among the dead letters: records without a value, in the dead letter's partition.
    /// The dead letter that was sent to the workers again: `TOPIC/PARTITION/OFFSET`.
    case replayed = "dragoman-replayed"
    /// The dead letter that nobody wants to see any more: `TOPIC/PARTITION/OFFSET`.
    case purged = "dragoman-purged"

    /// What retries, dead letters and marks have besides the headers of the job.
    public static let added: [HeaderName] = [
        .origin, .reason, .failureClass, .attempts, .worker, .notBefore, .crashes, .lane, .replayed, .purged,
    ]
}
