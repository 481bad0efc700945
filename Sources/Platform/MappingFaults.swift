import Synchronization

#if canImport(Glibc)
import Glibc
#endif

// Made before there is a handler, which can't make anything.
nonisolated(unsafe) private let message = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 8192)
private let isReported = Atomic(false)

/// Says what happened when a mapped file can't be read, because it was cut or its disk fails: the system ends the process
/// with SIGBUS then, without a word.
public enum MappingFaults {
    /// Has the file's path written to standard error before the process ends, which it does as it would have: by SIGBUS.
    public static func report() {
        // What is made when it is first used would be made in the handler.
        _ = MappedRanges.shared.find(0)
        message.initialize(repeating: 0)
        isReported.store(false, ordering: .relaxed)
        var action = sigaction()
        action.sa_flags = SA_SIGINFO
        action.__sigaction_handler.sa_sigaction = { number, information, _ in
            MappingFaults.handle(number, information)
        }
        sigaction(SIGBUS, &action, nil)
    }

    /// Runs in the handler: no locks, no allocation.
    private static func handle(_ number: Int32, _ information: UnsafeMutablePointer<siginfo_t>?) {
        // Positive codes are the kernel's own, for an access to an address.
        if let information, information.pointee.si_code > 0,
            let fault = MappedRanges.shared.find(UInt(bitPattern: information.pointee._sifields._sigfault.si_addr))
        {
            // Compute threads are likely to fail together: the others wait for the end.
            guard isReported.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged else {
                while true { pause() }
            }
            write(path: fault.path, offset: fault.offset)
        }
        signal(number, SIG_DFL)
        // Blocked until the handler returns; by then the file may have grown again, and the access succeed.
        raise(number)
    }

    private static func write(path: UnsafePointer<CChar>, offset: UInt) {
        var count = 0
        func append(_ byte: UInt8) {
            guard count < message.count else { return }
            message[count] = byte
            count += 1
        }
        func append(_ text: StaticString) {
            for index in 0..<text.utf8CodeUnitCount { append(text.utf8Start[index]) }
        }
        append("dragoman: ")
        var character = path
        while character.pointee != 0 {
            append(UInt8(bitPattern: character.pointee))
            character += 1
        }
        append(" was cut or can no longer be read while it was in use (SIGBUS at offset ")
        var divisor: UInt = 1
        while offset / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: offset / divisor % 10))
            divisor /= 10
        }
        append("): weight files must not be changed in place; write a new file and rename it over\n")
        _ = Glibc.write(STDERR_FILENO, message.baseAddress, count)
    }
}
