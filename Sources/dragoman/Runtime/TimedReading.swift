import Segmentation
import Synchronization

/// Reads a recording's segments away from Swift's cooperative threads, and keeps the time.
final class TimedReading: Sendable {
    private let source: SegmentSource
    private let spent = Mutex(0.0)

    init(_ source: SegmentSource) { self.source = source }

    /// Seconds spent on reading and cutting so far.
    var seconds: Double { spent.withLock { $0 } }
    /// Seconds of source audio read so far.
    var audioSeconds: Double { source.duration }

    func next() async throws -> AudioSegment? {
        try await BlockingWork.run { [self] in
            let start = ContinuousClock.now
            defer { spent.withLock { $0 += start.duration(to: .now) / .seconds(1) } }
            return try source.next()
        }
    }
}
