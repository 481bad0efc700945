import Metrics
import Monitoring
import Synchronization

/// What a gateway counts and measures of its calls.
final class GatewayMetrics: Sendable {
    private struct Key: Hashable {
        let method: String
        let code: String
    }

    private static let requests = "dragoman_gateway_requests_total"
    private static let duration = "dragoman_gateway_request_duration_seconds"
    static let jobsIndexed = MetricDescription(
        "dragoman_gateway_jobs_indexed", .gauge, "Jobs in the gateway's index.")
    static let recordsBehind = MetricDescription(
        "dragoman_gateway_index_behind_records", .gauge,
        "Records that were in the topics when they were last looked at, and are not in the index.")

    private let registry: MetricRegistry
    private let counters = Mutex<[Key: Counter]>([:])
    private let durations = Mutex<[String: Recorder]>([:])

    init(_ registry: MetricRegistry) {
        registry.describe([
            MetricDescription(Self.requests, .counter, "Calls that have ended, by method and gRPC status."),
            MetricDescription(
                Self.duration, .histogram(bounds: .durationBounds),
                "How long calls took; watches last as long as somebody watches."),
        ])
        self.registry = registry
    }

    /// Notes that a call has ended.
    /// - Parameters:
    ///   - method: The method's name in the schema.
    ///   - code: The status' name in lower case, such as `ok` or `not_found`.
    func ended(_ method: String, code: String, seconds: Double) {
        counter(Key(method: method, code: code)).increment()
        recorder(method).record(seconds)
    }

    /// Has the series of a method there before it is called.
    func prepare(_ method: String) {
        _ = counter(Key(method: method, code: "ok"))
        _ = recorder(method)
    }

    private func recorder(_ method: String) -> Recorder {
        durations.withLock { durations in
            if let recorder = durations[method] { return recorder }
            let recorder = Recorder(label: Self.duration, dimensions: [("method", method)], factory: registry)
            durations[method] = recorder
            return recorder
        }
    }

    private func counter(_ key: Key) -> Counter {
        counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = Counter(
                label: Self.requests, dimensions: [("method", key.method), ("code", key.code)], factory: registry)
            counters[key] = counter
            return counter
        }
    }
}
