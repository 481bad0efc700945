/// Rates places to cut at, over the probabilities of some windows. A place is the number of the window after it.
struct CutFinder {
    /// The probabilities from window ``base`` on.
    let probabilities: ArraySlice<Float>
    /// Number of the first of them.
    let base: Int
    let threshold: Float
    let negativeThreshold: Float

    /// How likely somebody speaks within 50 ms of a place: the greatest probability of the two windows on either side.
    func cost(_ place: Int) -> Float {
        let index = place - base + probabilities.startIndex
        let near = max(index - 2, probabilities.startIndex)..<min(index + 2, probabilities.endIndex)
        return near.isEmpty ? 0 : probabilities[near].reduce(0, max)
    }

    /// Whether speech is less likely than not near a place.
    func isQuiet(_ place: Int) -> Bool { cost(place) < threshold }

    /// The best of some places: the middle of a pause, the longer and the nearer the better; where there is no pause, the
    /// nearest at which speech is less likely than not; else the one where it is least likely.
    func best(in places: ClosedRange<Int>, near target: Int) -> Int {
        let costs = places.map(cost)
        func distance(_ place: Int) -> Double { Double(abs(place - target)) * SpeechDetector.windowSeconds }
        let pauses = runs(costs) { $0 < negativeThreshold }
        if !pauses.isEmpty {
            // A second of pause makes up for four of distance.
            func loss(_ run: Range<Int>) -> Double {
                let length = Double(run.count) * SpeechDetector.windowSeconds
                return distance(places.lowerBound + Self.middle(run)) - 4 * min(length, 1)
            }
            let best = pauses.min { loss($0) < loss($1) } ?? pauses[0]
            return places.lowerBound + Self.middle(best)
        }
        let quiet = places.filter { costs[$0 - places.lowerBound] < threshold }
        if let nearest = quiet.min(by: { distance($0) < distance($1) }) { return nearest }
        return places.min { left, right in
            let (a, b) = (costs[left - places.lowerBound], costs[right - places.lowerBound])
            return a == b ? distance(left) < distance(right) : a < b
        } ?? target
    }

    /// The place among some that is nearest to one and where nobody speaks; else the one where it is least likely.
    func quiet(near wanted: Int, in places: ClosedRange<Int>) -> Int {
        places.filter { cost($0) < negativeThreshold }.min { abs($0 - wanted) < abs($1 - wanted) }
            ?? places.min { cost($0) < cost($1) } ?? wanted
    }

    /// The place among some where speech is least likely: in a pause where there is one, and there where it is quietest
    /// for a quarter of a second.
    func quietest(in places: ClosedRange<Int>) -> Int {
        var best = places.lowerBound
        var bestKey = (Float.infinity, Float.infinity)
        for place in places {
            let cost = cost(place)
            let level: Float = cost < negativeThreshold ? 0 : cost < threshold ? negativeThreshold : cost
            guard level <= bestKey.0 else { continue }
            let key = (level, mean(around: place))
            if key < bestKey { (best, bestKey) = (place, key) }
        }
        return best
    }

    private func mean(around place: Int) -> Float {
        let index = place - base + probabilities.startIndex
        let near = max(index - 4, probabilities.startIndex)..<min(index + 4, probabilities.endIndex)
        return near.isEmpty ? 0 : probabilities[near].reduce(0, +) / Float(near.count)
    }

    /// Stretches of indices whose element fulfils a condition.
    private func runs(_ values: [Float], where condition: (Float) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for (index, value) in values.enumerated() {
            if condition(value) {
                start = start ?? index
            } else if let first = start {
                runs.append(first..<index)
                start = nil
            }
        }
        if let first = start { runs.append(first..<values.count) }
        return runs
    }

    private static func middle(_ run: Range<Int>) -> Int { (run.lowerBound + run.upperBound - 1) / 2 }
}
