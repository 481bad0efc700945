/// Exact conversion of half-precision elements to float32.
///
/// The loops are branch-free integer arithmetic that compilers vectorise. Swift's own conversion from `Float16` is a
/// library call per element where the instruction set is not known to have F16C: minutes for a large checkpoint.
enum Widening {
    /// The float32 of the same value as a binary16 bit pattern.
    @inline(__always)
    static func float(binary16 bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let magnitude = UInt32(bits & 0x7FFF) << 13
        // Exponents are biased by 15 in binary16 and by 127 in binary32; infinity and NaN go from 31 to 255.
        let isInfinite = UInt32(bits & 0x7C00) == 0x7C00
        let normal = magnitude &+ (isInfinite ? 224 : 112) << 23
        // A subnormal m·2⁻²⁴ is the mantissa of 2⁻¹⁴·(1 + m·2⁻¹⁰), less the 2⁻¹⁴: exact, and no subnormal arithmetic.
        let subnormal = (Float(bitPattern: magnitude &+ 113 << 23) - Float(bitPattern: 113 << 23)).bitPattern
        let isSubnormal = bits & 0x7C00 == 0
        return Float(bitPattern: sign | (isSubnormal ? subnormal : normal))
    }

    /// The float32 of the same value as a bfloat16 bit pattern, which is its upper half.
    @inline(__always)
    static func float(bfloat16 bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

    /// Converts little-endian binary16 elements, aligned or not; writes every element of `destination`.
    static func widen(binary16 source: UnsafeRawPointer, into destination: UnsafeMutableBufferPointer<Float>) {
        guard let output = destination.baseAddress else { return }
        for index in 0..<destination.count {
            output[index] = float(binary16: source.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self))
        }
    }

    /// Converts little-endian bfloat16 elements, aligned or not; writes every element of `destination`.
    static func widen(bfloat16 source: UnsafeRawPointer, into destination: UnsafeMutableBufferPointer<Float>) {
        guard let output = destination.baseAddress else { return }
        for index in 0..<destination.count {
            output[index] = float(bfloat16: source.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self))
        }
    }
}
