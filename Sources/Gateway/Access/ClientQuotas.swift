import Synchronization

/// How many jobs each client may submit: so many a second, and a number at once that fills up again at that rate.
final class ClientQuotas: Sendable {
    private struct Bucket {
        var jobs: Double
        var time: ContinuousClock.Instant
    }

    private let rate: Double
    private let burst: Double
    private let buckets = Mutex<[String: Bucket]>([:])
    /// Buckets that are full again are as good as none.
    private static let mostBuckets = 10_000

    /// - Parameters:
    ///   - rate: jobs a second.
    ///   - burst: jobs at once.
    init(rate: Double, burst: Double) {
        self.rate = rate
        self.burst = max(1, burst)
    }

    /// Takes as many jobs out of a client's share as there are, up to `count`.
    /// - Returns: how many, and when there is one more.
    func take(_ count: Int, of client: String, now: ContinuousClock.Instant = .now) -> (
        taken: Int, retryAfter: Duration
    ) {
        buckets.withLock { buckets in
            if buckets.count > Self.mostBuckets {
                let (rate, burst) = (rate, burst)
                buckets = buckets.filter { $0.value.jobs + seconds($0.value.time, now) * rate < burst }
            }
            var bucket = buckets[client] ?? Bucket(jobs: burst, time: now)
            bucket.jobs = min(burst, bucket.jobs + seconds(bucket.time, now) * rate)
            bucket.time = now
            let taken = min(count, Int(bucket.jobs))
            bucket.jobs -= Double(taken)
            buckets[client] = bucket
            return (taken, .seconds(max(0, 1 - bucket.jobs) / rate))
        }
    }

    private func seconds(_ start: ContinuousClock.Instant, _ end: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = start.duration(to: end).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
