import CKernels
import Testing

@testable import Compute

/// Products with packed weights: every table, precision and awkward size, against float64 arithmetic.
@Suite struct PackedProductTests {
    /// The tables this machine can run, and AVX-512's kernels in plain C.
    static let tables: [Kernels] =
        InstructionSet.available.compactMap { try? Kernels($0) }
        + [(InstructionSet.avx512, DRAGOMAN_ISA_AVX512_EMULATED), (.avx512BF16, DRAGOMAN_ISA_AVX512_BF16_EMULATED)]
        .compactMap { set, emulated in dragoman_kernels_for(emulated).map { Kernels(set, table: $0.pointee) } }
    static let cases = tables.indices.flatMap { table in WeightPrecision.allCases.map { (table, $0) } }
    /// Rows, columns, depth.
    static let shapes = [
        (1, 1, 1), (2, 5, 3), (3, 33, 31), (5, 32, 32), (4, 31, 33), (6, 64, 4), (7, 40, 66), (13, 70, 129),
        (14, 96, 515), (131, 35, 70), (5, 100, 1100),
    ]

    @Test(arguments: cases)
    func productsMatchFloat64(_ table: Int, precision: WeightPrecision) throws {
        let context = try ComputeContext(threads: 2, kernels: Self.tables[table])
        for (rows, columns, depth) in Self.shapes {
            let x = Samples.normal(rows * depth, seed: 1)
            let w = Samples.normal(columns * depth, seed: 2)
            let bias = Samples.normal(columns, seed: 3)
            let packed = PackedMatrix(precision: precision, columns: columns, depth: depth, packing: w)
            let expected = Reference.product(
                PackedReference.activations(
                    x, precision: precision, rowLength: depth, instructionSet: context.kernels.instructionSet),
                PackedReference.weights(w, precision: precision, rowLength: depth), rows: rows, columns: columns,
                depth: depth, bias: bias)
            var y = [Float](repeating: .nan, count: rows * columns)
            context.multiply(x, rows: rows, by: packed, bias: bias, into: &y)
            let tolerance = 2e-6 * Double(depth + 10)
            #expect(Reference.largestDifference(y, expected) < tolerance, "\((rows, columns, depth))")
            context.multiply(x, rows: rows, by: packed, bias: nil, accumulate: true, into: &y)
            let twice = zip(expected, expected.indices).map { 2 * $0 - Double(bias[$1 % columns]) }
            #expect(Reference.largestDifference(y, twice) < 2 * tolerance, "\((rows, columns, depth))")
        }
    }

    @Test(arguments: cases)
    func precisionsAreAsAccurateAsTheyShouldBe(_ table: Int, precision: WeightPrecision) throws {
        let context = try ComputeContext(threads: 1, kernels: Self.tables[table])
        let (rows, columns, depth) = (6, 64, 1024)
        let x = Samples.normal(rows * depth, seed: 4)
        let w = Samples.normal(columns * depth, seed: 5)
        var y = [Float](repeating: 0, count: rows * columns)
        let packed = PackedMatrix(precision: precision, columns: columns, depth: depth, packing: w)
        context.multiply(x, rows: rows, by: packed, bias: nil, into: &y)
        let exact = Reference.product(x, w, rows: rows, columns: columns, depth: depth, bias: nil)
        let error = zip(y, exact).reduce(0.0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
        let size = exact.reduce(0.0) { $0 + $1 * $1 }
        let bound: Double =
            switch precision {
            case .float32: 1e-6
            case .bfloat16: 2.5e-3
            case .int8: 1.4e-2
            case .int8Grouped: 1e-2
            }
        #expect((error / size).squareRoot() < bound)
    }

    /// Alone, among others, in another place among them, with other threads: the same bits.
    @Test(arguments: cases)
    func aRowDependsOnNothingButItself(_ table: Int, precision: WeightPrecision) throws {
        let (columns, depth, most) = (161, 390, 150)
        let w = Samples.normal(columns * depth, seed: 6)
        let x = Samples.normal(most * depth, seed: 7)
        let packed = PackedMatrix(precision: precision, columns: columns, depth: depth, packing: w)
        let alone = try ComputeContext(threads: 1, kernels: Self.tables[table])
        var expected = [Float](repeating: .nan, count: most * columns)
        for row in 0..<most {
            var y = [Float](repeating: .nan, count: columns)
            alone.multiply(Array(x[row * depth..<(row + 1) * depth]), rows: 1, by: packed, bias: nil, into: &y)
            expected.replaceSubrange(row * columns..<(row + 1) * columns, with: y)
        }
        for threads in [1, 3] {
            let context = try ComputeContext(threads: threads, kernels: Self.tables[table])
            for rows in Array(1...15) + [23, 24, 25, 119, 120, 121, 150] {
                var y = [Float](repeating: .nan, count: rows * columns)
                let first = most - rows
                context.multiply(Array(x[(first * depth)...]), rows: rows, by: packed, bias: nil, into: &y)
                #expect(y.elementsEqual(expected[(first * columns)...]), "\(rows) rows, \(threads) threads")
            }
        }
    }

    @Test(arguments: [WeightPrecision.int8, .int8Grouped])
    func integerProductsAreEqualOnAllTables(_ precision: WeightPrecision) throws {
        for (rows, columns, depth) in Self.shapes {
            let x = Samples.normal(rows * depth, seed: 8)
            let w = Samples.normal(columns * depth, seed: 9)
            let bias = Samples.normal(columns, seed: 10)
            let packed = PackedMatrix(precision: precision, columns: columns, depth: depth, packing: w)
            let results = try Self.tables.map { kernels in
                var y = Samples.normal(rows * columns, seed: 11)
                let context = try ComputeContext(threads: 2, kernels: kernels)
                context.multiply(x, rows: rows, by: packed, bias: bias, accumulate: true, into: &y)
                return y
            }
            for result in results.dropFirst() { #expect(result == results[0], "\((rows, columns, depth))") }
        }
    }

    /// Where a saturating instruction would show.
    @Test(arguments: tables.indices)
    func integerSumsAreExactForTheLargestNumbers(_ table: Int) throws {
        let context = try ComputeContext(threads: 1, kernels: Self.tables[table])
        let (columns, depth) = (4, 4096)
        let signs: [Float] = [1, -1]
        let w = (0..<columns * depth).map { 127 * signs[$0 / depth & 1] * ($0 / depth < 2 ? 1 : signs[$0 & 1]) }
        let packed = PackedMatrix(precision: .int8, columns: columns, depth: depth, packing: w)
        for row in [[Float](repeating: 127, count: depth), (0..<depth).map { 127 * signs[$0 & 1] }] {
            var y = [Float](repeating: 0, count: columns)
            context.multiply(row, rows: 1, by: packed, bias: nil, into: &y)
            let exact = Reference.product(row, w, rows: 1, columns: columns, depth: depth, bias: nil)
            #expect(y.map(Double.init) == exact)
        }
    }

    /// Rounded to even, an odd depth filled up with zero, and no number that becomes one.
    @Test func bfloat16PairsHaveTheEvenInputBelow() throws {
        let values: [Float] = [1, 1 + 1 / 256, 1 + 3 / 256, -.greatestFiniteMagnitude, Float(bitPattern: 0x7fff_ffff)]
        let pairs = Self.tables.filter { $0.instructionSet == .avx512BF16 }
        try #require(!pairs.isEmpty)
        for kernels in pairs {
            let context = try ComputeContext(threads: 1, kernels: kernels)
            let prepared = PreparedActivations()
            context.prepare(values + values.reversed(), rows: 2, depth: 5, precision: .bfloat16, into: prepared)
            let words = (0..<6).map { UInt32(bitPattern: prepared.view.elements[$0]) }
            #expect(words == [0x3f80_3f80, 0xff80_7fff, 0xff80_3f82, 0x3f80_3f82, 0x7fff, 0x3f80])
        }
    }

    @Test(arguments: cases)
    func rowsThatAreNoNumbersStayNone(_ table: Int, precision: WeightPrecision) throws {
        let context = try ComputeContext(threads: 1, kernels: Self.tables[table])
        let (columns, depth) = (37, 75)
        let w = Samples.normal(columns * depth, seed: 12)
        let bias = Samples.normal(columns, seed: 13)
        let packed = PackedMatrix(precision: precision, columns: columns, depth: depth, packing: w)
        for bad in [Float.nan, .infinity, -.infinity, -.nan] {
            for place in [0, 31, 74] {
                var x = Samples.normal(3 * depth, seed: 14)
                x[depth + place] = bad
                var y = [Float](repeating: 0, count: 3 * columns)
                context.multiply(x, rows: 3, by: packed, bias: bias, into: &y)
                let (spoiled, others) = (y[columns..<2 * columns], y[..<columns] + y[(2 * columns)...])
                #expect(spoiled.allSatisfy { bad.isInfinite ? !$0.isFinite : $0.isNaN })
                #expect(others.allSatisfy { $0.isFinite })
            }
        }
    }

    @Test(arguments: cases)
    func rowsOfZerosAndOfAlmostNothingGiveTheBias(_ table: Int, precision: WeightPrecision) throws {
        let context = try ComputeContext(threads: 1, kernels: Self.tables[table])
        let (columns, depth) = (33, 64)
        let packed = PackedMatrix(
            precision: precision, columns: columns, depth: depth, packing: Samples.normal(columns * depth, seed: 15))
        let bias = Samples.normal(columns, seed: 16)
        for value in [Float(0), -0.0, .leastNonzeroMagnitude, -1e-38] {
            var y = [Float](repeating: .nan, count: columns)
            context.multiply(
                [Float](repeating: value, count: depth), rows: 1, by: packed, bias: bias, into: &y)
            #expect(y == bias)
        }
        var none: [Float] = []
        context.multiply([], rows: 0, by: packed, bias: bias, into: &none)
    }

    @Test(arguments: cases)
    func rowsMayOverlap(_ table: Int, precision: WeightPrecision) throws {
        let context = try ComputeContext(threads: 2, kernels: Self.tables[table])
        let (rows, columns, depth, stride) = (29, 40, 48, 16)
        let x = Samples.normal((rows - 1) * stride + depth, seed: 17)
        let apart = (0..<rows).flatMap { x[$0 * stride..<$0 * stride + depth] }
        let packed = PackedMatrix(
            precision: precision, columns: columns, depth: depth, packing: Samples.normal(columns * depth, seed: 18))
        var (y, expected) = ([Float](repeating: 0, count: rows * columns), [Float](repeating: 1, count: rows * columns))
        context.multiply(x, rows: rows, stride: stride, by: packed, bias: nil, into: &y)
        context.multiply(apart, rows: rows, by: packed, bias: nil, into: &expected)
        #expect(y == expected)
    }

    @Test(arguments: cases)
    func inPlaceRowsGiveTheSame(_ table: Int, precision: WeightPrecision) throws {
        let context = try ComputeContext(threads: 1, kernels: Self.tables[table])
        for (rows, columns, depth, stride) in [(1, 16, 24, 24), (13, 40, 130, 10), (131, 64, 129, 3), (7, 33, 6, 8)] {
            let x = Samples.normal((rows - 1) * stride + depth, seed: 22)
            let bias = Samples.normal(columns, seed: 23)
            let w = Samples.normal(columns * depth, seed: 24)
            let packed = PackedMatrix(precision: precision, columns: columns, depth: depth, packing: w)
            var y = [Float](repeating: .nan, count: rows * columns)
            var expected = y
            context.multiplyInPlaceSerially(x, rows: rows, stride: stride, by: packed, bias: bias, into: &y)
            context.multiply(x, rows: rows, stride: stride, by: packed, bias: bias, into: &expected)
            guard precision == .bfloat16, context.kernels.instructionSet == .avx512BF16, depth % 2 == 0 else {
                #expect(y == expected)
                continue
            }
            // Preparing rounds activations, which are float32 where they lie.
            let exact = Reference.product(
                (0..<rows).flatMap { x[$0 * stride..<$0 * stride + depth] },
                PackedReference.weights(w, precision: precision, rowLength: depth), rows: rows, columns: columns,
                depth: depth, bias: bias)
            #expect(Reference.largestDifference(y, exact) < 2e-6 * Double(depth + 10))
            #expect(y != expected)
        }
    }

    @Test(arguments: cases)
    func panelsCanBeMultipliedOneByOne(_ table: Int, precision: WeightPrecision) throws {
        let context = try ComputeContext(threads: 1, kernels: Self.tables[table])
        let (rows, columns, depth) = (5, 100, 50)
        let x = Samples.normal(rows * depth, seed: 19)
        let packed = PackedMatrix(
            precision: precision, columns: columns, depth: depth, packing: Samples.normal(columns * depth, seed: 20))
        var expected = [Float](repeating: 0, count: rows * columns)
        context.multiply(x, rows: rows, by: packed, bias: nil, into: &expected)
        let prepared = PreparedActivations()
        context.prepareSerially(x, rows: rows, depth: depth, precision: precision, into: prepared)
        for panels in [0..<1, 1..<3, 3..<4] {
            let first = panels.lowerBound * PackedMatrix.panelColumns
            let width = min(panels.upperBound * PackedMatrix.panelColumns, columns) - first
            var y = [Float](repeating: .nan, count: rows * width)
            context.multiplySerially(prepared, panels: panels, by: packed, into: &y, stride: width)
            for row in 0..<rows {
                let part = expected[row * columns + first..<row * columns + first + width]
                #expect(y[row * width..<(row + 1) * width].elementsEqual(part))
            }
        }
    }

    @Test func preparingAgainAllocatesNothing() throws {
        let context = try ComputeContext(threads: 1, kernels: Self.tables[0])
        let prepared = PreparedActivations()
        let x = Samples.normal(14 * 100, seed: 21)
        context.prepare(x, rows: 14, depth: 100, precision: .float32, into: prepared)
        let memory = prepared.view.elements
        for precision in WeightPrecision.allCases {
            context.prepare(x, rows: 5, depth: 100, precision: precision, into: prepared)
            #expect(prepared.view.elements == memory)
        }
    }
}
