/// The n-grams of a sequence with their counts, by order.
struct NGrams {
    /// Number of n-grams of each order, from 1.
    let totals: [Int]
    private let counts: [[UInt128: Int]]

    /// - Parameters:
    ///   - symbols: each from 1 and less than 2 to the power of `bits`.
    ///   - orders: the longest n-grams; `orders * bits` is at most 128.
    init(_ symbols: [UInt32], orders: Int, bits: Int) {
        totals = (1...orders).map { max(0, symbols.count - $0 + 1) }
        counts = (1...orders).map { order in
            guard symbols.count >= order else { return [:] }
            var counts: [UInt128: Int] = [:]
            counts.reserveCapacity(symbols.count - order + 1)
            let mask = order * bits == 128 ? UInt128.max : (UInt128(1) << (order * bits)) - 1
            var key: UInt128 = 0
            for (index, symbol) in symbols.enumerated() {
                key = (key << bits | UInt128(symbol)) & mask
                if index + 1 >= order { counts[key, default: 0] += 1 }
            }
            return counts
        }
    }

    /// How many are in the other sequence too, by order; each as often as it is in both.
    func matches(in other: NGrams) -> [Int] {
        zip(counts, other.counts).map { ours, theirs in
            ours.reduce(0) { sum, entry in sum + min(entry.value, theirs[entry.key] ?? 0) }
        }
    }
}
