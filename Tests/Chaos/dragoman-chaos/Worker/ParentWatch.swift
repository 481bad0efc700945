import Platform

#if canImport(Glibc)
import Glibc
#endif

/// Ends this process when the driver is gone: nobody else would.
enum ParentWatch {
    /// Begins to watch.
    /// - Throws: `SystemError`.
    static func begin() throws {
        let parent = getppid()
        _ = try DedicatedThread {
            while getppid() == parent { sleep(1) }
            _exit(71)
        }
    }
}
