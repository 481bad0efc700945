import Synchronization

/// Private float32 copies of tensors that can't be used where they lie: each is made once, when it is first asked for, and
/// kept. Two names of one stored matrix share one copy.
final class WidenedTensors: Sendable {
    private struct Key: Hashable {
        let path: String
        let entry: TensorEntry
    }

    /// One copy, made under its own lock so that others can be made meanwhile.
    private final class Slot: Sendable {
        let storage = Mutex<Float32Storage?>(nil)
    }

    private let slots = Mutex<[Key: Slot]>([:])
    private let bytes = Mutex(0)

    /// Bytes of all copies made so far.
    var byteCount: Int { bytes.withLock { $0 } }

    /// The copy of a tensor, made by `make` if there is none yet.
    func storage(path: String, entry: TensorEntry, make: () -> Float32Storage) -> Float32Storage {
        let slot = slots.withLock { slots in
            let key = Key(path: path, entry: entry)
            if let slot = slots[key] { return slot }
            let slot = Slot()
            slots[key] = slot
            return slot
        }
        return slot.storage.withLock { storage in
            if let storage { return storage }
            let made = make()
            storage = made
            bytes.withLock { $0 += made.count * MemoryLayout<Float>.stride }
            return made
        }
    }
}
