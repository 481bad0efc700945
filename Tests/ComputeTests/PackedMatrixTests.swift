import Testing

@testable import Compute

@Suite struct PackedMatrixTests {
    /// Packs one panel whose weight of column n and input k is `1 + n` with the sign of k, scaled.
    private func pack(_ precision: WeightPrecision, columns: Int, depth: Int, _ weight: (Int, Int) -> Float)
        -> (bytes: [UInt8], scales: [Float])
    {
        let rows = (0..<columns).map { column in
            let row = Matrix(rows: 1, columns: depth)
            for k in 0..<depth { row.pointer[k] = weight(column, k) }
            return row.elements()
        }
        var bytes = [UInt8](
            repeating: 1, count: PackedMatrix.panelByteCount(precision: precision, columns: 32, depth: depth))
        var scales = [Float](
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

    @Test func bytesAreInStepsOfFourInputs() {
        let (bytes, scales) = pack(.int8, columns: 2, depth: 6) { column, k in Float(k * (column == 0 ? 1 : -2)) }
        #expect(bytes.count == 2 * 128)
        // q = round(k * 127 / 5)
        #expect(Array(bytes[0..<8]) == [128, 153, 179, 204, 128, 103, 77, 52])
        #expect(Array(bytes[128..<136]) == [230, 255, 128, 128, 26, 1, 128, 128])
        #expect(Set(bytes[8..<128]) == [128])
        #expect(Array(scales[0..<3]) == [Float(5) / 127, Float(10) / 127, 0])
    }

    @Test func groupsHaveTheirOwnScales() {
        let (bytes, scales) = pack(.int8Grouped, columns: 1, depth: 40) { _, k in k < 32 ? 1 : -3 }
        #expect(bytes.count == 10 * 128)
        #expect(scales.count == 64)
        #expect(scales[0] == Float(1) / 127)
        #expect(scales[32] == Float(3) / 127)
        #expect(bytes[7 * 128] == 255)
        #expect(bytes[8 * 128] == 1)
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
