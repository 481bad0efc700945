import Synchronization

/// A digest that is computed once; callers that come meanwhile wait for it.
final class DigestCache: Sendable {
    private let digest = Mutex<String?>(nil)

    func value<Failure: Error>(_ compute: () throws(Failure) -> String) throws(Failure) -> String {
        try digest.withLock { (digest) throws(Failure) in
            if let digest { return digest }
            let computed = try compute()
            digest = computed
            return computed
        }
    }
}
