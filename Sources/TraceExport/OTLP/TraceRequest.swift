import Tracing

/// `opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest` of OTLP 1.x: one resource, one scope, and spans.
/// Numbers are those of opentelemetry-proto's `trace.proto`, `common.proto` and `resource.proto`, which are stable.
struct TraceRequest {
    let resource: [(name: String, value: String)]
    let spans: [FinishedSpan]

    private static let scope = "dragoman"

    /// In protobuf.
    var bytes: [UInt8] {
        var request = ProtobufWriter()
        // resource_spans
        request.message(field: 1) { resourceSpans in
            resourceSpans.message(field: 1) { message in
                for (name, value) in resource { Self.write(name, .string(value), to: &message, field: 1) }
            }
            // scope_spans
            resourceSpans.message(field: 2) { scopeSpans in
                scopeSpans.message(field: 1) { $0.string(Self.scope, field: 1) }
                for span in spans { scopeSpans.message(field: 2) { Self.write(span, to: &$0) } }
            }
        }
        return request.bytes
    }

    private static func write(_ span: FinishedSpan, to message: inout ProtobufWriter) {
        let trace = span.context.traceID
        message.bytes(bigEndian(trace.high) + bigEndian(trace.low), field: 1)
        message.bytes(bigEndian(span.context.spanID), field: 2)
        message.string(span.context.state, field: 3)
        if let parent = span.parentID { message.bytes(bigEndian(parent), field: 4) }
        message.string(span.name, field: 5)
        message.varint(number(of: span.kind), field: 6)
        message.fixed64(span.start, field: 7)
        message.fixed64(span.end, field: 8)
        for (name, value) in span.attributes { write(name, value, to: &message, field: 9) }
        guard let status = span.status else { return }
        message.message(field: 15) { inner in
            inner.string(status.message ?? "", field: 2)
            inner.varint(status.code == .error ? 2 : 1, field: 3)
        }
    }

    /// A `KeyValue`.
    private static func write(
        _ name: String, _ value: SpanAttribute, to message: inout ProtobufWriter, field: UInt64
    ) {
        message.message(field: field) { pair in
            pair.string(name, field: 1)
            pair.message(field: 2) { any in
                switch value {
                case .bool(let value): any.choice(varint: value ? 1 : 0, field: 2)
                case .int32(let value): any.choice(varint: UInt64(bitPattern: Int64(value)), field: 3)
                case .int64(let value): any.choice(varint: UInt64(bitPattern: value), field: 3)
                case .double(let value): any.choice(fixed64: value.bitPattern, field: 4)
                case .string(let value): any.choice(string: value, field: 1)
                case .stringConvertible(let value): any.choice(string: "\(value)", field: 1)
                default: any.choice(string: "\(value)", field: 1)
                }
            }
        }
    }

    private static func number(of kind: SpanKind) -> UInt64 {
        switch kind {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }

    private static func bigEndian(_ number: UInt64) -> [UInt8] {
        stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
