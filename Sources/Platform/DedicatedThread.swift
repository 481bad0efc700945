#if canImport(Glibc)
import Glibc
#endif

/// A thread of the operating system that runs one function, for work that blocks or computes and so must stay off
/// Swift's cooperative pool.
public final class DedicatedThread: @unchecked Sendable {
    // @unchecked: `handle` is written once in `init`, before the object is shared.

    private final class Start {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private var handle = pthread_t()

    /// Starts the thread.
    /// - Parameter body: What the thread runs. Whoever needs its end waits with ``join()``.
    /// - Throws: ``SystemError`` when the system has no thread left.
    public init(body: @escaping @Sendable () -> Void) throws(SystemError) {
        let start = Unmanaged.passRetained(Start(body))
        let result = pthread_create(
            &handle, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, start.toOpaque())
        guard result == 0 else {
            start.release()
            throw SystemError(call: "pthread_create", errorNumber: result)
        }
    }

    /// Waits for the thread's end. Call at most once; a thread that is never joined frees itself only with the process.
    public func join() { pthread_join(handle, nil) }
}
