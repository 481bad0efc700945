import Synchronization
import Tracing

/// A span under way.
public final class RecordedSpan: Tracing.Span {
    private struct State {
        var name: String
        var attributes: SpanAttributes = [:]
        var status: SpanStatus?
        var hasEnded = false
    }

    /// What spans below this one are begun with.
    public let context: InstrumentationContext
    private let trace: TraceContext
    private let parentID: UInt64?
    private let kind: SpanKind
    private let start: UInt64
    private let exporter: SpanExporter
    private let state: Mutex<State>

    init(
        _ name: String, kind: SpanKind, context: InstrumentationContext, trace: TraceContext, parentID: UInt64?,
        start: UInt64, exporter: SpanExporter
    ) {
        self.context = context
        self.trace = trace
        self.parentID = parentID
        self.kind = kind
        self.start = start
        self.exporter = exporter
        state = Mutex(State(name: name))
    }

    /// What it is about.
    public var operationName: String {
        get { state.withLock { $0.name } }
        set { state.withLock { $0.name = newValue } }
    }

    /// What is known of it.
    public var attributes: SpanAttributes {
        get { state.withLock { $0.attributes } }
        set { state.withLock { $0.attributes = newValue } }
    }

    /// Whether it goes on, and whoever began the trace wants it recorded.
    public var isRecording: Bool { trace.isSampled && state.withLock { !$0.hasEnded } }

    /// Says how it ended.
    public func setStatus(_ status: SpanStatus) { state.withLock { $0.status = status } }

    /// Events are not kept: spans are short, and there is one for each stage.
    public func addEvent(_ event: SpanEvent) {}

    /// Links are not kept.
    public func addLink(_ link: SpanLink) {}

    /// Says that it failed. The error's words may name files: only its kind is told.
    public func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        setStatus(SpanStatus(code: .error, message: "\(type(of: error))"))
    }

    /// Ends it. Only the first time counts.
    public func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        let end = instant().nanosecondsSinceEpoch
        let last: State? = state.withLock { state in
            guard !state.hasEnded else { return nil }
            state.hasEnded = true
            return state
        }
        guard let last, trace.isSampled else { return }
        var attributes: [(name: String, value: SpanAttribute)] = []
        last.attributes.forEach { name, value in attributes.append((name, value)) }
        exporter.add(
            FinishedSpan(
                name: last.name, kind: kind, context: trace, parentID: parentID, start: start, end: max(start, end),
                attributes: attributes.sorted { $0.name < $1.name }, status: last.status))
    }
}
