/// The latest so many of what was put in.
struct RecentSet<Element: Hashable & Sendable>: Sendable {
    private let limit: Int
    private var elements: Set<Element> = []
    /// In the order they came; a ring once it is full.
    private var order: [Element] = []
    private var oldest = 0

    /// - Parameter limit: By default some 2 MB of job ids.
    init(limit: Int = 20_000) {
        self.limit = max(1, limit)
    }

    func contains(_ element: Element) -> Bool { elements.contains(element) }

    mutating func insert(_ element: Element) {
        guard elements.insert(element).inserted else { return }
        guard order.count == limit else { return order.append(element) }
        elements.remove(order[oldest])
        order[oldest] = element
        oldest = (oldest + 1) % limit
    }
}
