/// The first few of many, and how many there are.
public struct Excerpt<Element: Sendable>: Sendable {
    /// The first of them, twenty at most.
    public private(set) var first: [Element] = []
    /// The number of all.
    public private(set) var count = 0

    private static var limit: Int { 20 }

    init() {}

    /// Whether there are none.
    public var isEmpty: Bool { count == 0 }
    /// How many are not among the first.
    public var furtherCount: Int { count - first.count }

    mutating func append(_ element: @autoclosure () -> Element) {
        if count < Self.limit { first.append(element()) }
        count += 1
    }
}
