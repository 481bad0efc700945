import Audio
import Synchronization

/// A ``SegmentReader`` that tasks may share: each call gives the next segment.
public final class SegmentSource: Sendable {
    private let reader: Mutex<SegmentReader>

    /// Opens a recording. Blocks its thread.
    /// - Parameters:
    ///   - decoder: whose limits hold.
    ///   - range: the part that is wanted, in seconds; `nil` for all of it.
    ///   - keepsProbabilities: whether ``probabilities`` has them.
    /// - Throws: `AudioError`, ``SegmentationError``, `ComputeError`.
    public init(
        path: String, range: Range<Double>? = nil, _ options: SegmentationOptions,
        decoder: AudioDecoder = AudioDecoder(), keepsProbabilities: Bool = false
    ) throws {
        let audio = try decoder.open(path: path, range: range, isStream: options.method != .whole)
        reader = Mutex(
            try SegmentReader(
                audio, options, start: range?.lowerBound ?? 0, keepsProbabilities: keepsProbabilities))
    }

    /// As ``SegmentReader/next()``.
    public func next() throws -> AudioSegment? { try reader.withLock { try $0.next() } }

    /// Seconds of source audio read so far.
    public var duration: Double { reader.withLock { $0.duration } }

    /// Probabilities of all windows so far, where they are asked for.
    public var probabilities: [Float] { reader.withLock { $0.allProbabilities } }
}
