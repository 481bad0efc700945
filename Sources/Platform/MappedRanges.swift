import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// The files that are mapped, where a signal handler can look them up: without locks, in memory that is never freed.
struct MappedRanges: ~Copyable, @unchecked Sendable {
    // @unchecked: all of the slots' fields are atomic.

    private struct Slot: ~Copyable {
        /// 0 where the slot is free, 1 while it is filled.
        let start = Atomic<UInt>(0)
        let end = Atomic<UInt>(0)
        /// Address of a C string.
        let path = Atomic<UInt>(0)
    }

    /// Files beyond these go without; a checkpoint has some ten, a process that runs all tests some hundred.
    static let capacity = 4096

    static let shared = MappedRanges()

    private let slots: UnsafeMutablePointer<Slot>

    init() {
        slots = .allocate(capacity: Self.capacity)
        for index in 0..<Self.capacity { (slots + index).initialize(to: Slot()) }
    }

    /// Notes a mapping.
    /// - Returns: What to remove it with; `nil` where there is no place left.
    func add(_ bytes: UnsafeRawBufferPointer, path: String) -> Int? {
        guard let address = bytes.baseAddress else { return nil }
        let start = UInt(bitPattern: address)
        for index in 0..<Self.capacity
        where slots[index].start.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged {
            slots[index].end.store(start + UInt(bytes.count), ordering: .relaxed)
            slots[index].path.store(UInt(bitPattern: strdup(path)), ordering: .relaxed)
            slots[index].start.store(start, ordering: .releasing)
            return index
        }
        return nil
    }

    /// Forgets a mapping that nobody reads any more.
    func remove(_ index: Int) {
        let path = slots[index].path.load(ordering: .relaxed)
        slots[index].start.store(0, ordering: .releasing)
        free(UnsafeMutableRawPointer(bitPattern: path))
    }

    /// The mapping that has an address. Fit for a signal handler: the path is valid as long as the mapping, which whoever
    /// reads at that address keeps.
    func find(_ address: UInt) -> (path: UnsafePointer<CChar>, offset: UInt)? {
        for index in 0..<Self.capacity {
            let start = slots[index].start.load(ordering: .acquiring)
            guard start > 1, address >= start, address < slots[index].end.load(ordering: .relaxed) else { continue }
            guard let path = UnsafePointer<CChar>(bitPattern: slots[index].path.load(ordering: .relaxed)) else {
                continue
            }
            return (path, address - start)
        }
        return nil
    }
}
