import AudioStore
import Platform
import Synchronization

/// A store that fails a number of times before it finds the one file it has.
final class FlakyStore: AudioStore {
    var attemptCount: Int { attempts.load(ordering: .relaxed) }

    private let attempts = Atomic(0)
    private let path: String
    private let failures: Int

    init(path: String, failures: Int) {
        self.path = path
        self.failures = failures
    }

    func fetch(_ uri: String) async throws -> FetchedAudio {
        let attempt = attempts.add(1, ordering: .relaxed).newValue
        guard attempt > failures else {
            // An input/output error is what a storage that may come back reports.
            let cause = SystemError(call: "open", errorNumber: 5, path: path)
            throw AudioStoreError(code: .notReadable, message: "can't read '\(uri)'", cause: cause)
        }
        return FetchedAudio(path: path)
    }
}
