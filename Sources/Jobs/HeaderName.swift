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

    // Dead letters and retries.
    /// A ``JobError/Reason`` by name.
    case reason = "dragoman-reason"
    /// A ``FailureClass``.
    case failureClass = "dragoman-class"
    /// Attempts made, in decimal.
    case attempts = "dragoman-attempts"
    /// Name of the worker that gave up.
    case worker = "dragoman-worker"
    /// Where the job first was: `TOPIC/PARTITION/OFFSET`.
    case origin = "dragoman-origin"
    /// A retry is not to begin before this time, RFC 3339.
    case notBefore = "dragoman-not-before"
    /// Attempts that ended with the worker's death, in decimal.
    case crashes = "dragoman-crashes"
    /// Topic of the lane a retry belongs to.
    case lane = "dragoman-lane"
}
