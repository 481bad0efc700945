#if canImport(Glibc)
import Glibc
#endif

/// Ends the process without tidying up: no exit handler runs, and no other thread is waited for.
public func exitImmediately(status: Int32) -> Never { _exit(status) }
