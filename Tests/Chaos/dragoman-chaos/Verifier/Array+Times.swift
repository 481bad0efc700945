extension [ClosedRange<Int64>] {
    /// How much of a stretch these cover, those that overlap each other counted once.
    func covered(of stretch: ClosedRange<Int64>) -> Int64 {
        var covered: Int64 = 0
        var position = stretch.lowerBound
        for range in sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let start = Swift.max(range.lowerBound, position)
            let end = Swift.min(range.upperBound, stretch.upperBound)
            guard start < end else { continue }
            covered += end - start
            position = end
        }
        return covered
    }
}

extension [Int64] {
    /// Rising times as stretches: those that lie closer together than `apart` make one.
    func clusters(apart: Int64) -> [ClosedRange<Int64>] {
        var clusters: [ClosedRange<Int64>] = []
        for time in self {
            if let last = clusters.last, time - last.upperBound < apart {
                clusters[clusters.count - 1] = last.lowerBound...time
            } else {
                clusters.append(time...time)
            }
        }
        return clusters
    }
}
