/// Rows of integers of equal length that are continued together, each from where any of them was. They grow, but nothing
/// else allocates.
struct Sequences {
    /// Number of rows, and of elements in each.
    let rows: Int
    private(set) var count = 0
    private var capacity: Int
    // rows * capacity; the second takes what is reordered.
    private var elements: [Int32], spare: [Int32]

    init(rows: Int, capacity: Int = 64) {
        self.rows = rows
        self.capacity = capacity
        elements = Array(repeating: 0, count: rows * capacity)
        spare = elements
    }

    subscript(row: Int, index: Int) -> Int32 { elements[row * capacity + index] }

    /// The elements of a row.
    subscript(row: Int) -> ArraySlice<Int32> { elements[row * capacity..<row * capacity + count] }

    /// Adds an element to every row.
    mutating func append(_ element: (_ row: Int) -> Int32) {
        if count == capacity { grow() }
        for row in 0..<rows { elements[row * capacity + count] = element(row) }
        count += 1
    }

    /// Makes row `i` continue what row `parents[i]` has been so far.
    mutating func reorder(_ parents: [Int]) {
        for (row, parent) in parents.enumerated() {
            for index in 0..<count { spare[row * capacity + index] = elements[parent * capacity + index] }
        }
        swap(&elements, &spare)
    }

    private mutating func grow() {
        var larger = Sequences(rows: rows, capacity: 2 * capacity)
        for index in 0..<count {
            larger.append { self[$0, index] }
        }
        self = larger
    }
}
