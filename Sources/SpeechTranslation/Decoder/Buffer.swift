/// Memory for trivial elements that is kept and grows as needed; its contents are undefined.
struct Buffer<Element: BitwiseCopyable>: ~Copyable {
    private(set) var start: UnsafeMutablePointer<Element>
    private var capacity = 0

    init() { start = .allocate(capacity: 0) }

    /// Makes room for so many elements.
    mutating func reserve(_ count: Int) {
        guard count > capacity else { return }
        start.deallocate()
        capacity = max(count, 2 * capacity)
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }
}
