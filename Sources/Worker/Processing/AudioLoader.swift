import Audio
import AudioStore
import Jobs
import Platform
import Segmentation
import Tracing

/// Fetches the jobs' audio and opens it, within a budget of memory for all of them.
struct AudioLoader: Sendable {
    private let store: any AudioStore
    private let decoder: AudioDecoder
    private let retries: RetryPolicy
    private let calls: StorageCalls
    /// In bytes.
    private let budget: Int
    private let memory: AsyncSemaphore

    init(
        store: any AudioStore, decoder: AudioDecoder = AudioDecoder(), retries: RetryPolicy = RetryPolicy(),
        memory: Int = 1 << 30, calls: StorageCalls = StorageCalls()
    ) {
        self.store = store
        self.decoder = decoder
        self.retries = retries
        self.calls = calls
        budget = max(1, memory)
        self.memory = AsyncSemaphore(permits: budget)
    }

    /// Jobs that wait for memory.
    var waitingCount: Int { memory.waitingCount }

    /// Opens a job's recording as soon as there is memory for what is read ahead of it, and holds that while `body` runs.
    /// When the storage does not answer, it is asked again for a short while.
    /// - Parameters:
    ///   - segmentation: how it is cut.
    ///   - ahead: segments that `body` holds at a time.
    func withRecording<Success: Sendable>(
        _ audio: JobAudio, _ segmentation: SegmentationOptions = SegmentationOptions(), ahead: Int = 1,
        notes: StageNotes, _ body: (JobRecording) async throws -> Success
    ) async throws -> Success {
        let (recording, byteCount) = try await retries.run {
            try await load(audio, segmentation, ahead: ahead, notes: notes)
        } isRetriable: {
            JobFailure($0).failureClass == .transient
        } wishedDelay: {
            ($0 as? AudioStoreError)?.retryAfter
        }
        defer { memory.release(byteCount) }
        return try await body(recording)
    }

    /// What is wrong with a recording. Where it was put means nothing to who reads of it.
    static func failure(_ error: AudioError, _ fetched: FetchedAudio, _ audio: JobAudio) -> JobFailure {
        let failure = JobFailure(error)
        guard !audio.uri.lowercased().hasPrefix("file:") else { return failure }
        let message = failure.message.replacing(fetched.path, with: audio.uri)
        return JobFailure(failure.reason, message, class: failure.failureClass)
    }

    /// - Returns: The recording, and what of the budget it takes.
    private func load(
        _ audio: JobAudio, _ segmentation: SegmentationOptions, ahead: Int, notes: StageNotes
    ) async throws -> (JobRecording, Int) {
        let start = ContinuousClock.now
        let fetched = try await withSpan("fetch") { _ in
            try await calls.run { [store] in try await store.fetch(audio.uri) }
        }
        do {
            if audio.hasSha256 { try await checkContents(of: fetched.path, are: audio.sha256) }
            notes.fetched(seconds: start.duration(to: .now).inSeconds)
            return try await open(fetched, audio, segmentation, ahead: ahead, notes: notes)
        } catch let error as AudioError {
            throw Self.failure(error, fetched, audio)
        }
    }

    private func open(
        _ fetched: FetchedAudio, _ audio: JobAudio, _ segmentation: SegmentationOptions, ahead: Int, notes: StageNotes
    ) async throws -> (JobRecording, Int) {
        let held =
            segmentation.method == .whole ? decoder.limits.seconds : segmentation.secondsHeld(segmentsAhead: ahead)
        let expected = try await calls.runBlocking { [decoder] in
            try withExtendedLifetime(fetched) {
                try decoder.expectedByteCount(of: fetched.path, audio.range, atMost: held)
            }
        }
        let reserved = min(expected, budget)
        try await memory.acquire(reserved)
        do {
            let recording = try await withSpan("decode") { _ in
                try await JobRecording.open(
                    fetched, audio, segmentation, decoder: decoder, calls: calls, notes: notes)
            }
            let byteCount = min(recording.byteCount ?? reserved, budget)
            // Headers may promise too much or too little.
            memory.release(reserved - byteCount)
            return (recording, byteCount)
        } catch {
            memory.release(reserved)
            throw error
        }
    }

    private func checkContents(of path: String, are expected: String) async throws {
        let actual = try await calls.runBlocking {
            let file = try OpenFile(path: path)
            return try ContentDigest.sha256 { offset, count in try file.bytes(at: offset, count: count) }
        }
        guard actual == expected.lowercased() else {
            throw JobFailure(.checksumMismatch, "audio.sha256: the job says \(expected), the file has \(actual)")
        }
    }
}

extension AudioDecoder {
    /// What the samples of a file, or of a range of it, will take by what its header promises; the most that is held at a
    /// time where it promises nothing, or more.
    fileprivate func expectedByteCount(of path: String, _ range: Range<Double>?, atMost most: Double) throws -> Int {
        var seconds = min(try AudioProbe(path: path).duration ?? most, most)
        if let range { seconds = min(seconds, range.upperBound - range.lowerBound) }
        return Int(seconds * Double(AudioClip.sampleRate)) * MemoryLayout<Float>.stride
    }
}
