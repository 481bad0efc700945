import Testing

@testable import Checkpoint

/// Slow, obvious conversions to compare with.
enum Widths {
    /// The value of a binary16 pattern by its definition (IEEE 754-2019, §3.4).
    static func value(binary16 bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 0x1F)
        let mantissa = Double(bits & 0x3FF)
        switch exponent {
        case 0: return sign * mantissa * 0x1p-24
        case 31: return mantissa == 0 ? sign * .infinity : .nan
        default: return sign * (1 + mantissa / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
        }
    }

    /// The pattern of a small whole number.
    static func half(_ value: Float) -> UInt16 {
        (0..<0x7C00 as Range<UInt16>).first { Self.value(binary16: $0) == Double(value) } ?? 0
    }
}

@Suite struct WideningTests {
    private static let patterns = Array(UInt16.min...UInt16.max)

    private func widen(
        _ body: (UnsafeRawPointer, UnsafeMutableBufferPointer<Float>) -> Void, misalignedBy offset: Int = 0
    ) throws -> [Float] {
        let bytes = [UInt8](repeating: 0, count: offset) + Self.patterns.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return try bytes.withUnsafeBytes { source in
            let start = try #require(source.baseAddress) + offset
            return [Float](unsafeUninitializedCapacity: Self.patterns.count) { buffer, count in
                body(start, UnsafeMutableBufferPointer(rebasing: buffer[..<Self.patterns.count]))
                count = Self.patterns.count
            }
        }
    }

    @Test(arguments: [0, 1]) func widensEveryBinary16(misalignedBy offset: Int) throws {
        let widened = try widen({ Widening.widen(binary16: $0, into: $1) }, misalignedBy: offset)
        for (pattern, float) in zip(Self.patterns, widened) {
            let expected = Widths.value(binary16: pattern)
            #expect(expected.isNaN ? float.isNaN : Double(float) == expected)
            #expect((float.sign == .minus) == (pattern & 0x8000 != 0))
        }
    }

    @Test(arguments: [0, 1]) func widensEveryBFloat16(misalignedBy offset: Int) throws {
        let widened = try widen({ Widening.widen(bfloat16: $0, into: $1) }, misalignedBy: offset)
        #expect(widened.map(\.bitPattern) == Self.patterns.map { UInt32($0) << 16 })
    }
}
