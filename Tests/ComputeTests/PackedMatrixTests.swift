import Testing

@testable import Compute

@Suite struct PackedMatrixTests {
    /// Packs one panel whose weight of column n and input k is `1 + n` with the sign of k, scaled.
    private func pack(_ precision: WeightPrecision, columns: Int, depth: Int, _ weight: (Int, Int) -> Float)
        -> (bytes: [UInt8], scales: [UInt16])
    {
        let rows = (0..<columns).map { column in
            let row = Matrix(rows: 1, columns: depth)
            for k in 0..<depth { row.pointer[k] = weight(column, k) }
            return row.elements()
        }
        var bytes = [UInt8](
            repeating: 1, count: PackedMatrix.panelByteCount(precision: precision, columns: 32, depth: depth))
        var scales = [UInt16](
            repeating: 1, count: PackedMatrix.scaleCount(precision: precision, columns: 32, depth: depth))
        let flat = rows.flatMap(\.self)
        flat.withUnsafeBufferPointer { flat in
            bytes.withUnsafeMutableBytes { bytes in
                scales.withUnsafeMutableBufferPointer { scales in
                    guard let base = flat.baseAddress, let panel = bytes.baseAddress else { return }
                    PackedMatrix.packPanel(
                        precision: precision, depth: depth, rows: (0..<columns).map { base + $0 * depth },
                        into: panel, scales: scales.isEmpty ? nil : scales.baseAddress)
                }
            }
        }
        return (bytes, scales)
    }

    private static func widened(_ half: UInt16) -> Float { Float(bitPattern: UInt32(half) << 16) }

    @Test func bytesAreInStepsOfFourInputs() {
        let (bytes, scales) = pack(.int8, columns: 2, depth: 6) { column, k in Float(k * (column == 0 ? 1 : -2)) }
        #expect(bytes.count == 2 * 128)
        // Scales are 5 / 127 and 10 / 127, rounded up to eight bits: 162 / 4096 and twice that.
        let q = (0...5).map { UInt8((Float($0) * 4096 / 162).rounded()) }
        let (first, second): ([UInt8], [UInt8]) = (q.map { 128 + $0 }, q.map { 128 - $0 })
        #expect(Array(bytes[0..<4]) == Array(first[0..<4]) && Array(bytes[4..<8]) == Array(second[0..<4]))
        #expect(Array(bytes[128..<132]) == first[4...] + [128, 128])
        #expect(Array(bytes[132..<136]) == second[4...] + [128, 128])
        #expect(Set(bytes[8..<128]) == [128])
        #expect(scales[0..<3].map(Self.widened) == [162.0 / 4096, 162.0 / 2048, 0])
    }

    @Test func groupsHaveTheirOwnScales() {
        let (bytes, scales) = pack(.int8Grouped, columns: 1, depth: 40) { _, k in k < 32 ? 1 : -3 }
        #expect(bytes.count == 10 * 128)
        #expect(scales.count == 64)
        // The least with eight significant bits that are not below 1 / 127 and 3 / 127.
        #expect(Self.widened(scales[0]) == 130.0 / 16384)
        #expect(Self.widened(scales[32]) == 194.0 / 8192)
        #expect(bytes[7 * 128] == 128 + 126)
        #expect(bytes[8 * 128] == 128 - 127)
    }

    @Test func halvesAreInStepsOfTwoInputsAndRoundedToEven() {
        let values: [Float] = [1, 1 + 1 / 256, 1 + 3 / 256, .nan, .greatestFiniteMagnitude]
        let (bytes, scales) = pack(.bfloat16, columns: 1, depth: 5) { _, k in values[k] }
        #expect(scales.isEmpty)
        let halves = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
        #expect(halves.count == 3 * 64)
        #expect([halves[0], halves[1], halves[64]] == [0x3f80, 0x3f80, 0x3f82])
        #expect(halves[65] & 0x7fff > 0x7f80)
        #expect([halves[128], halves[129]] == [0x7f80, 0])
    }

    @Test func floatsAreAsTheyAre() {
        let (bytes, _) = pack(.float32, columns: 3, depth: 2) { column, k in Float(column + 10 * k) }
        let words = stride(from: 0, to: bytes.count, by: 4).map { at in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * $1) })
        }
        #expect(Array(words[0..<4]) == [0, 1, 2, 0])
        #expect(Array(words[32..<36]) == [10, 11, 12, 0])
    }

    @Test func weightsThatAreNoNumbersAreNotHidden() throws {
        let context = try ComputeContext(threads: 1, instructionSet: .baseline)
        for precision in WeightPrecision.allCases {
            for bad in [Float.nan, .infinity] {
                let w = PackedMatrix(precision: precision, columns: 2, depth: 3, packing: [1, 2, bad, 1, 2, 3])
                var y: [Float] = [0, 0]
                context.multiply([1, 1, 1], rows: 1, by: w, bias: nil, into: &y)
                #expect(!y[0].isFinite)
                #expect(y[1].isFinite)
            }
        }
    }
}
