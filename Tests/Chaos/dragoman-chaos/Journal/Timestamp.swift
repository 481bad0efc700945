#if canImport(Glibc)
import Glibc
#endif

/// The wall clock, which every process of a run and the broker's timestamps share.
enum Timestamp {
    /// Nanoseconds since 1970.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension Duration {
    /// In nanoseconds; what a run's times are compared with.
    var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }

    /// In seconds, for people.
    var seconds: Double { Double(nanoseconds) / 1e9 }
}
