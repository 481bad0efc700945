import TestSupport
import Testing

@testable import SpeechTranslation

@Suite struct SelfAttentionCacheTests {
    /// Beams are reordered at every step; each must find the keys and values of its own history.
    @Test func aReorderedBeamSeesItsParentsHistory() {
        let (layers, slots, width) = (2, 3, 4)
        let cache = SelfAttentionCache(layers: layers, slots: slots, width: width)
        var histories: [[Float]] = Array(repeating: [], count: slots)
        var generator = SplitMix64(seed: 3)
        // More positions than one block of the cache holds.
        for position in 0..<40 {
            cache.begin()
            for slot in 0..<slots {
                let mark = Float(position * 100 + slot)
                histories[slot].append(mark)
                for layer in 0..<layers {
                    let key = [Float](repeating: mark + Float(layer) * 10_000, count: width)
                    cache.store(key: key, value: key.map { -$0 }, layer: layer, position: position, slot: slot)
                }
            }
            for slot in 0..<slots {
                for layer in 0..<layers {
                    var keys = [UnsafePointer<Float>?](repeating: nil, count: position + 1)
                    var values = keys
                    cache.gather(layer: layer, slot: slot, count: position + 1, keys: &keys, values: &values)
                    let expected = histories[slot].map { $0 + Float(layer) * 10_000 }
                    #expect(keys.map { $0?[width - 1] } == expected)
                    #expect(values.map { $0?[0] } == expected.map { -$0 })
                }
            }
            let parents = (0..<slots).map { _ in Int.random(in: 0..<slots, using: &generator) }
            cache.reorder(parents: parents)
            histories = parents.map { histories[$0] }
        }
    }
}
