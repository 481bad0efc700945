/// Deterministic random numbers.
enum Samples {
    /// Roughly normal with unit variance: sums of twelve uniform numbers.
    static func normal(_ count: Int, seed: UInt64) -> [Float] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        return (0..<count).map { _ in
            var sum: Float = -6
            for _ in 0..<12 {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                sum += Float(state >> 40) / 16_777_216
            }
            return sum
        }
    }
}
