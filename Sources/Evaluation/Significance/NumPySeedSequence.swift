/// numpy's `SeedSequence` over one integer: it spreads what a seed says over a pool.
struct NumPySeedSequence {
    private static let poolSize = 4
    private var pool: [UInt32]

    init(_ seed: UInt64) {
        var constant: UInt32 = 0x43b0_d7e5
        func hashed(_ value: UInt32) -> UInt32 {
            var value = value ^ constant
            constant = constant &* 0x931e_8875
            value = value &* constant
            return value ^ value >> 16
        }
        func mixed(_ first: UInt32, _ second: UInt32) -> UInt32 {
            let value = 0xca01_f9dd &* first &- 0x4973_f715 &* second
            return value ^ value >> 16
        }
        // A missing upper word and a zero are hashed alike.
        let entropy = [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32), 0, 0]
        pool = entropy.map(hashed)
        for source in 0..<Self.poolSize {
            for target in 0..<Self.poolSize where target != source {
                pool[target] = mixed(pool[target], hashed(pool[source]))
            }
        }
    }

    /// `generate_state` for 64-bit words.
    func words(_ count: Int) -> [UInt64] {
        var constant: UInt32 = 0x8b51_f9dd
        let halves = (0..<2 * count).map { index in
            var value = pool[index % Self.poolSize] ^ constant
            constant = constant &* 0x58f3_8ded
            value = value &* constant
            return value ^ value >> 16
        }
        return (0..<count).map { UInt64(halves[2 * $0]) | UInt64(halves[2 * $0 + 1]) << 32 }
    }
}
