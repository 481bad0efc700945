import Tracing

/// What names a span across processes, as W3C Trace Context has it.
public struct TraceContext: Sendable, Hashable {
    /// 128 bits, never all zero.
    public let traceID: TraceID
    /// 64 bits, never zero.
    public let spanID: UInt64
    /// Whether whoever began the trace wants it recorded.
    public let isSampled: Bool
    /// What other systems on the way keep in the trace; handed on as it came.
    public let state: String

    /// The name of a trace.
    public struct TraceID: Sendable, Hashable {
        let high: UInt64
        let low: UInt64

        /// One that nobody else has.
        static func random() -> TraceID {
            TraceID(high: .random(in: .min ... .max), low: .random(in: 1 ... .max))
        }

        var isValid: Bool { high != 0 || low != 0 }
    }

    /// A span below this one, or the first of a new trace below none.
    static func child(of parent: TraceContext?) -> TraceContext {
        TraceContext(
            traceID: parent?.traceID ?? .random(), spanID: .random(in: 1 ... .max),
            isSampled: parent?.isSampled ?? true, state: parent?.state ?? "")
    }
}

private enum TraceContextKey: InstrumentationContextKey {
    typealias Value = TraceContext
}

extension InstrumentationContext {
    /// The span that is the parent of those begun here.
    var trace: TraceContext? {
        get { self[TraceContextKey.self] }
        set { self[TraceContextKey.self] = newValue }
    }
}
