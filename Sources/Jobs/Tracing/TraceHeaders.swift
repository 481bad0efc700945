import Tracing

/// Carries trace context in a message's headers. Without a tracer that exports, they stay as they are.
package struct TraceHeaders: Extractor, Injector {
    package init() {}

    package func extract(key: String, from headers: [MessageHeader]) -> String? {
        headers.first { $0.name == key }?.value.flatMap { String(validating: $0, as: UTF8.self) }
    }

    package func inject(_ value: String, forKey key: String, into headers: inout [MessageHeader]) {
        headers.append(MessageHeader(name: key, value: Array(value.utf8)))
    }
}

extension InstrumentationContext {
    /// The context that a message came with; an empty one where it has none, or a malformed one.
    package init(of headers: [MessageHeader]) {
        var context = InstrumentationContext.topLevel
        InstrumentationSystem.tracer.extract(headers, into: &context, using: TraceHeaders())
        self = context
    }
}

extension [MessageHeader] {
    private static var traceNames: Set<String> {
        [HeaderName.traceParent.rawValue, HeaderName.traceState.rawValue]
    }

    /// Whether there is a trace context among them.
    package var haveTrace: Bool { contains { $0.name == HeaderName.traceParent.rawValue } }

    /// The same with another trace context, where there is one.
    package func carrying(_ context: InstrumentationContext?) -> [MessageHeader] {
        guard let context else { return self }
        var trace: [MessageHeader] = []
        InstrumentationSystem.tracer.inject(context, into: &trace, using: TraceHeaders())
        guard !trace.isEmpty else { return self }
        return filter { !Self.traceNames.contains($0.name) } + trace
    }
}
