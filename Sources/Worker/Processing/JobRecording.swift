import Audio
import AudioStore
import Jobs
import Segmentation
import Synchronization

/// A job's recording while it is read: gives its segments, one after another.
final class JobRecording: Sendable {
    private struct State {
        /// What was read already.
        var first: AudioSegment?
        var seconds = 0.0
    }

    private let audio: JobAudio
    /// May own a temporary file, which must outlive the reading.
    private let fetched: FetchedAudio
    private let source: SegmentSource
    private let calls: StorageCalls
    private let notes: StageNotes
    private let state = Mutex(State())

    private init(
        _ source: SegmentSource, _ fetched: FetchedAudio, _ audio: JobAudio, calls: StorageCalls, notes: StageNotes
    ) {
        self.source = source
        self.fetched = fetched
        self.audio = audio
        self.calls = calls
        self.notes = notes
    }

    /// Opens what was fetched and reads as far as the end of the first segment.
    /// - Throws: ``JobFailure`` where there is no audio at all; what reading throws.
    static func open(
        _ fetched: FetchedAudio, _ audio: JobAudio, _ segmentation: SegmentationOptions, decoder: AudioDecoder,
        calls: StorageCalls, notes: StageNotes
    ) async throws -> JobRecording {
        let source = try await calls.runBlocking {
            try SegmentSource(path: fetched.path, range: audio.range, segmentation, decoder: decoder)
        }
        let recording = JobRecording(source, fetched, audio, calls: calls, notes: notes)
        guard let first = try await recording.read() else {
            throw JobFailure(.audioEmpty, "\(audio.uri): there is no audio in it, whatever its header promises")
        }
        recording.state.withLock { $0.first = first }
        return recording
    }

    /// Bytes of all samples, where the recording is one segment and so has been read.
    var byteCount: Int? {
        state.withLock { state in
            state.first.flatMap { $0.isWhole ? $0.samples.count * MemoryLayout<Float>.stride : nil }
        }
    }

    /// The next segment, or what lies between two; `nil` after the end.
    /// - Throws: ``JobFailure``, `CancellationError`.
    func next() async throws -> AudioSegment? {
        if let first = state.withLock({ $0.first.take() }) { return first }
        do {
            return try await read()
        } catch let error as AudioError {
            throw AudioLoader.failure(error, fetched, audio)
        }
    }

    private func read() async throws -> AudioSegment? {
        try await calls.runBlocking { [self] in
            let start = ContinuousClock.now
            let segment = try source.next()
            let seconds = state.withLock { state in
                state.seconds += start.duration(to: .now).inSeconds
                return state.seconds
            }
            notes.decoded(audioSeconds: source.duration, seconds: seconds)
            return segment
        }
    }
}
