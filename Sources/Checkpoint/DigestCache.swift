import Synchronization

/// A digest that is computed once; callers that come meanwhile wait for it.
final class DigestCache: Sendable {
    private let digest = Mutex<String?>(nil)

    func value(_ compute: () -> String) -> String {
        digest.withLock { digest in
            if let digest { return digest }
            let computed = compute()
            digest = computed
            return computed
        }
    }
}
