extension String {
    /// The name that was probably meant: one that ends with this as its last parts, else the one with the fewest letters
    /// to change; `nil` where none is close.
    package func nearest(among names: some Sequence<String>) -> String? {
        let names = names.sorted()
        if let name = names.first(where: { $0.hasSuffix("." + self) }) { return name }
        let most = Swift.max(2, count / 3)
        let closest = names.map { (name: $0, distance: distance(to: $0)) }.min { $0.distance < $1.distance }
        return closest.flatMap { $0.distance <= most ? $0.name : nil }
    }

    /// Letters to insert, delete, replace or swap with their neighbour.
    private func distance(to other: String) -> Int {
        let (from, to) = (Array(self), Array(other))
        var earlier = [Int](repeating: 0, count: to.count + 1)
        var last = Array(0...to.count)
        for (row, letter) in from.enumerated() {
            var current = [row + 1]
            for (column, otherLetter) in to.enumerated() {
                var best = Swift.min(current[column], last[column + 1]) + 1
                best = Swift.min(best, last[column] + (letter == otherLetter ? 0 : 1))
                if row > 0, column > 0, letter == to[column - 1], from[row - 1] == otherLetter {
                    best = Swift.min(best, earlier[column - 1] + 1)
                }
                current.append(best)
            }
            (earlier, last) = (last, current)
        }
        return last[to.count]
    }
}
