import Foundation

/// Tells speech from everything else as audio comes in: the probabilities of Silero VAD 6, window by window.
///
///     var detector = try SpeechDetector()
///     var probabilities: [Float] = []
///     detector.process(samples, into: &probabilities)
///     detector.finish(into: &probabilities)
///
/// They depend on all audio before, and not on how it is cut into calls.
public struct SpeechDetector: ~Copyable {
    /// Samples of a window, at 16 kHz: 32 ms.
    public static let windowLength = SpeechNetwork.windowLength
    /// Seconds of a window.
    public static let windowSeconds = 0.032

    /// Weights are unpacked once in a process.
    private static let shared = Result { try SpeechNetwork() }

    private let network: SpeechNetwork
    private let memory = SpeechMemory()
    /// The context, then samples whose windows are not complete.
    private var pending = [Float](repeating: 0, count: SpeechNetwork.contextLength)

    /// Creates a detector that has heard nothing yet.
    /// - Throws: `ComputeError` when `DRAGOMAN_CPU` names kernels that this machine lacks.
    public init() throws { network = try Self.shared.get() }

    init(environment: [String: String]) throws { network = try SpeechNetwork(environment: environment) }

    /// Hears samples and appends the probabilities of all windows that are complete.
    /// - Parameter samples: 16 kHz, mono, nominally -1…1.
    public mutating func process(_ samples: some Collection<Float>, into probabilities: inout [Float]) {
        pending += samples
        let windows = (pending.count - SpeechNetwork.contextLength) / Self.windowLength
        guard windows > 0 else { return }
        pending.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            for first in stride(from: 0, to: windows, by: SpeechNetwork.batch) {
                network.probabilities(
                    start + first * Self.windowLength, count: min(SpeechNetwork.batch, windows - first), memory: memory,
                    into: &probabilities)
            }
        }
        pending.removeFirst(windows * Self.windowLength)
    }

    /// Ends the audio: a last window that is not complete is filled up with zeros.
    public mutating func finish(into probabilities: inout [Float]) {
        let rest = pending.count - SpeechNetwork.contextLength
        guard rest > 0 else { return }
        process(repeatElement(0, count: Self.windowLength - rest), into: &probabilities)
    }
}
