import TestSupport

/// Deterministic random numbers.
enum Samples {
    /// Roughly normal with unit variance: sums of twelve uniform numbers.
    static func normal(_ count: Int, seed: UInt64) -> [Float] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            (0..<12).reduce(-6) { sum, _ in sum + Float.random(in: 0..<1, using: &generator) }
        }
    }
}
