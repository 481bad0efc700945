import FoundationEssentials

extension MessageCodec {
    /// Headers of a new record: content type, CloudEvents attributes, and the trace context of the record that caused it.
    /// - Parameters:
    ///   - id: identifies the event at its source.
    ///   - source: who makes it, a URI reference.
    ///   - cause: headers of the record this one answers; only their trace context is handed on.
    public static func headers<Message: WireMessage>(
        for type: Message.Type, format: WireFormat, id: String, source: String, time: Date = Date(),
        cause: [MessageHeader] = []
    ) -> [MessageHeader] {
        let traceContext = cause.filter {
            $0.name == HeaderName.traceParent.rawValue || $0.name == HeaderName.traceState.rawValue
        }
        return [
            MessageHeader(.contentType, format.contentType),
            MessageHeader(.eventSpecVersion, "1.0"),
            MessageHeader(.eventType, type.eventType),
            MessageHeader(.eventID, id),
            MessageHeader(.eventSource, source),
            MessageHeader(.eventTime, time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
        ] + traceContext
    }
}
