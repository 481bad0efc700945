/// The best of some things by their scores; equal ones in their order. Reused, it allocates nothing.
struct Ranking {
    /// Indices, the highest score first.
    private(set) var indices: [Int] = []

    /// Ranks things `0 ..< n` and keeps the best `count`.
    mutating func rank(_ n: Int, keeping count: Int, by score: (Int) -> Float) {
        indices.removeAll(keepingCapacity: true)
        for index in 0..<n {
            let value = score(index)
            if indices.count == count {
                guard let last = indices.last, value > score(last) else { continue }
                indices.removeLast()
            }
            var place = indices.count
            while place > 0 && value > score(indices[place - 1]) { place -= 1 }
            indices.insert(index, at: place)
        }
    }
}
