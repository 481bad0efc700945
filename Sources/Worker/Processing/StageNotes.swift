import Jobs
import Synchronization

/// What is known of an attempt while it goes on, and also when it fails or is left alone.
final class StageNotes: Sendable {
    private struct Notes {
        var timings = JobTimings()
        var audioSeconds = 0.0
    }

    private let notes = Mutex(Notes())

    /// Notes what getting the audio took. The last attempt's times count.
    func fetched(seconds: Double) { notes.withLock { $0.timings.fetch = seconds } }

    /// Notes what decoding took, and how much audio it gave.
    func decoded(audioSeconds: Double, seconds: Double) {
        notes.withLock {
            $0.timings.decode = seconds
            $0.audioSeconds = audioSeconds
        }
    }

    /// Writes what was noted into a result.
    func write(into result: inout TranslationResult) {
        let notes = notes.withLock { $0 }
        result.timings.fetch = notes.timings.fetch
        result.timings.decode = notes.timings.decode
        result.audioSeconds = notes.audioSeconds
    }
}
