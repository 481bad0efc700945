import Foundation
import Logging
import Platform

/// Sends ended spans to a collector by OTLP over HTTP, many at a time, from a thread of its own. Nobody ever waits for it:
/// what finds no room, and what the collector does not take, is lost and counted.
public final class SpanExporter: @unchecked Sendable {
    // @unchecked: the lock guards all that changes.

    private static let path = "/v1/traces"
    private static let mostWaiting = 20_000
    private static let mostAtOnce = 500
    /// How long spans wait for others.
    private static let interval: TimeInterval = 1
    private static let type = "application/x-protobuf"

    private let url: String
    private let resource: [(name: String, value: String)]
    private let logger: Logger
    private let lock = NSCondition()
    private var waiting: [FinishedSpan] = []
    private var lost = 0
    private var isClosed = false
    private var thread: DedicatedThread?

    /// Creates an exporter, which begins at once.
    /// - Parameters:
    ///   - endpoint: the collector, such as `http://collector:4318`; `/v1/traces` is put behind it unless it is there.
    ///   - resource: what this process is, such as its `service.name`.
    /// - Throws: `SystemError` when the system has no thread left.
    public init(endpoint: String, resource: [(name: String, value: String)], logger: Logger) throws {
        let base = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        url = base.hasSuffix(Self.path) ? base : base + Self.path
        self.resource = resource
        self.logger = logger
        thread = try DedicatedThread { [weak self] in
            // What there is to be sent is kept until it is sent, and so is this.
            self?.run()
        }
    }

    /// Takes a span, if there is room.
    func add(_ span: FinishedSpan) {
        lock.lock()
        defer { lock.unlock() }
        guard !isClosed, waiting.count < Self.mostWaiting else {
            lost += 1
            return
        }
        waiting.append(span)
        if waiting.count == Self.mostAtOnce { lock.signal() }
    }

    /// Sends what is left, and ends. Blocks for as long as a collector that does not answer is waited for, at most.
    public func close() {
        lock.lock()
        isClosed = true
        lock.signal()
        let thread = thread
        self.thread = nil
        lock.unlock()
        thread?.join()
    }

    private func run() {
        let client = CollectorClient(url: url)
        var isTroubled = false
        while let spans = next() {
            let bytes = TraceRequest(resource: resource, spans: spans).bytes
            let status = client?.post(bytes, type: Self.type)
            if let status, (200..<300).contains(status) {
                if isTroubled { logger.info("traces reach the collector again") }
                isTroubled = false
                continue
            }
            lock.withLock { self.lost += spans.count }
            if !isTroubled {
                logger.warning(
                    "traces don't reach the collector, and are lost meanwhile",
                    metadata: ["answer": "\(status.map { String($0) } ?? "none")"])
            }
            isTroubled = true
            // A last one is not tried again.
            if lock.withLock({ isClosed }) { break }
        }
        let lost = lock.withLock { self.lost }
        if lost > 0 { logger.warning("spans were lost", metadata: ["spans": "\(lost)"]) }
    }

    /// Waits for spans, and a little longer for more of them.
    /// - Returns: `nil` at the end.
    private func next() -> [FinishedSpan]? {
        lock.lock()
        defer { lock.unlock() }
        var deadline = Date(timeIntervalSinceNow: Self.interval)
        while !isClosed, waiting.count < Self.mostAtOnce {
            if lock.wait(until: deadline) { continue }
            if !waiting.isEmpty { break }
            deadline = Date(timeIntervalSinceNow: Self.interval)
        }
        guard !waiting.isEmpty else { return nil }
        let spans = Array(waiting.prefix(Self.mostAtOnce))
        waiting.removeFirst(spans.count)
        return spans
    }
}
