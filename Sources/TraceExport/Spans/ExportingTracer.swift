import Tracing

/// Makes spans that are exported by OTLP, and carries their context in W3C's headers.
public struct ExportingTracer: Tracer {
    private let exporter: SpanExporter

    /// Creates a tracer.
    public init(exporter: SpanExporter) {
        self.exporter = exporter
    }

    /// Begins a span below the context's, or a new trace.
    public func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> RecordedSpan {
        var context = context()
        let parent = context.trace
        let trace = TraceContext.child(of: parent)
        context.trace = trace
        return RecordedSpan(
            operationName, kind: kind, context: context, trace: trace, parentID: parent?.spanID,
            start: instant().nanosecondsSinceEpoch, exporter: exporter)
    }

    /// Spans are sent within a second, and at the end: there is nothing to hurry.
    public func forceFlush() {}

    /// Takes the context out of a message's headers. A malformed one is none.
    public func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let parent = extractor.extract(key: TraceContext.parentName, from: carrier) else { return }
        context.trace = TraceContext(
            parent: parent, state: extractor.extract(key: TraceContext.stateName, from: carrier))
    }

    /// Puts the context into a message's headers.
    public func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context.trace else { return }
        injector.inject(trace.parent, forKey: TraceContext.parentName, into: &carrier)
        if !trace.state.isEmpty { injector.inject(trace.state, forKey: TraceContext.stateName, into: &carrier) }
    }
}
