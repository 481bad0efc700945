/// Where producers put a key that use Kafka's own partitioner, as librdkafka's `murmur2` and the Java client do.
enum Murmur2 {
    static func partition(of key: [UInt8], count: Int) -> Int32? {
        guard count > 0 else { return nil }
        return Int32(clamping: Int(hash(key) & 0x7FFF_FFFF) % count)
    }

    /// MurmurHash2 for 32 bits (Appleby 2008), with the seed that Kafka uses.
    static func hash(_ bytes: [UInt8]) -> UInt32 {
        let multiplier: UInt32 = 0x5BD1_E995
        var hash = 0x9747_B28C ^ UInt32(truncatingIfNeeded: bytes.count)
        var rest = bytes[...]
        while rest.count >= 4 {
            var word = littleEndian(rest.prefix(4)) &* multiplier
            word ^= word >> 24
            hash = hash &* multiplier ^ word &* multiplier
            rest = rest.dropFirst(4)
        }
        if !rest.isEmpty { hash = (hash ^ littleEndian(rest)) &* multiplier }
        hash ^= hash >> 13
        hash = hash &* multiplier
        return hash ^ hash >> 15
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
