/// The latest so many entries that were put in.
struct RecentMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let limit: Int
    private var values: [Key: Value] = [:]
    /// In the order they came; a ring once it is full.
    private var order: [Key] = []
    private var oldest = 0

    init(limit: Int = 100_000) {
        self.limit = max(1, limit)
    }

    subscript(_ key: Key) -> Value? { values[key] }

    /// Puts an entry in, in place of another of its key.
    mutating func update(_ key: Key, _ value: Value) {
        guard values.updateValue(value, forKey: key) == nil else { return }
        guard order.count == limit else { return order.append(key) }
        values[order[oldest]] = nil
        order[oldest] = key
        oldest = (oldest + 1) % limit
    }
}
