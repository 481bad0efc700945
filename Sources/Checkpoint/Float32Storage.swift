/// Float32 values in private memory, aligned for SIMD.
final class Float32Storage: @unchecked Sendable {
    // @unchecked: written only by `init`.

    let pointer: UnsafePointer<Float>
    let count: Int

    /// Allocates and has `fill` write every element.
    init(count: Int, fill: (UnsafeMutableBufferPointer<Float>) -> Void) {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
        let elements = UnsafeMutableBufferPointer(
            start: memory.bindMemory(to: Float.self, capacity: count), count: count)
        fill(elements)
        pointer = UnsafePointer(memory.assumingMemoryBound(to: Float.self))
        self.count = count
    }

    deinit { UnsafeMutableRawPointer(mutating: pointer).deallocate() }
}
