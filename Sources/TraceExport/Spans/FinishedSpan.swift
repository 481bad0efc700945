import Tracing

/// A span that has ended, to be exported.
struct FinishedSpan: Sendable {
    let name: String
    let kind: SpanKind
    let context: TraceContext
    /// The span above it; `nil` at a trace's beginning.
    let parentID: UInt64?
    /// Nanoseconds since 1970.
    let start: UInt64
    let end: UInt64
    let attributes: [(name: String, value: SpanAttribute)]
    let status: SpanStatus?
}
