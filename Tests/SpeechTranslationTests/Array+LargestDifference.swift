extension [Float] {
    /// The largest absolute difference of two arrays; infinite when their lengths differ or a value is not a number.
    func largestDifference(to other: [Float]) -> Float {
        guard count == other.count else { return .infinity }
        return zip(self, other).reduce(0) { result, pair in
            let difference = abs(pair.0 - pair.1)
            return difference.isNaN ? .infinity : Swift.max(result, difference)
        }
    }
}
