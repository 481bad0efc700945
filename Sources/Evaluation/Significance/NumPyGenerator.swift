/// numpy's default generator (`numpy.random.default_rng`): PCG64 (O'Neill, 2014; XSL-RR on 128 bits), seeded through
/// numpy's `SeedSequence`, with numpy's way to bounded integers (Lemire, 2019). The same seed gives the same numbers.
struct NumPyGenerator {
    private static let multiplier: UInt128 = 2_549_297_995_355_413_924 << 64 | 4_865_540_595_714_422_341

    private var state: UInt128
    private let increment: UInt128
    /// The upper half of a 64-bit number whose lower half was handed out.
    private var half: UInt32?

    init(seed: UInt64) {
        let words = NumPySeedSequence(seed).words(4)
        increment = (UInt128(words[2]) << 64 | UInt128(words[3])) << 1 | 1
        state = 0
        step()
        state &+= UInt128(words[0]) << 64 | UInt128(words[1])
        step()
    }

    /// An integer from 0, as `integers` draws it: from 32 bits while the bound fits.
    /// - Parameter bound: at least 1, at most 2 to the power of 32 less 1.
    mutating func index(below bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        let bound = UInt32(clamping: bound)
        var product = UInt64(next32()) * UInt64(bound)
        if UInt32(truncatingIfNeeded: product) < bound {
            let threshold = (0 &- bound) % bound
            while UInt32(truncatingIfNeeded: product) < threshold {
                product = UInt64(next32()) * UInt64(bound)
            }
        }
        return Int(product >> 32)
    }

    private mutating func step() {
        state = state &* Self.multiplier &+ increment
    }

    private mutating func next64() -> UInt64 {
        step()
        let mixed = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
        let rotation = UInt64(truncatingIfNeeded: state >> 122)
        return mixed >> rotation | mixed << ((64 - rotation) & 63)
    }

    private mutating func next32() -> UInt32 {
        if let stored = half {
            half = nil
            return stored
        }
        let number = next64()
        half = UInt32(truncatingIfNeeded: number >> 32)
        return UInt32(truncatingIfNeeded: number)
    }
}
