import CKernels
import Testing

@testable import Compute

/// Every table this machine can run, against float64 arithmetic.
@Suite struct KernelsTests {
    static let tables = InstructionSet.available

    @Test(arguments: tables, [1, 2, 3, 4, 5, 6, 11, 13])
    func fewRowsMatchFloat64(_ set: InstructionSet, rows: Int) throws {
        let kernels = try Kernels(set)
        for (columns, depth) in [(1, 1), (7, 19), (64, 40), (33, 1024)] {
            let x = Samples.normal(rows * depth, seed: 1)
            let w = Samples.normal(columns * depth, seed: 2)
            let bias = Samples.normal(columns, seed: 3)
            var y = [Float](repeating: 1, count: rows * columns)
            kernels.table.few_rows(x, depth, rows, w, depth, columns, depth, bias, 1, &y, columns)
            let expected = Reference.product(x, w, rows: rows, columns: columns, depth: depth, bias: bias)
            #expect(Reference.largestDifference(y, expected.map { $0 + 1 }) < 2e-5 * Double(depth).squareRoot())
        }
    }

    @Test(arguments: tables)
    func aRowDoesNotDependOnTheRowsBesideIt(_ set: InstructionSet) throws {
        let kernels = try Kernels(set)
        let (columns, depth, rows) = (37, 333, 23)
        let x = Samples.normal(rows * depth, seed: 4)
        let w = Samples.normal(columns * depth, seed: 5)
        var together = [Float](repeating: 0, count: rows * columns)
        kernels.table.few_rows(x, depth, rows, w, depth, columns, depth, nil, 0, &together, columns)
        for row in 0..<rows {
            var alone = [Float](repeating: 0, count: columns)
            let one = Array(x[row * depth..<(row + 1) * depth])
            kernels.table.few_rows(one, depth, 1, w, depth, columns, depth, nil, 0, &alone, columns)
            #expect(alone == Array(together[row * columns..<(row + 1) * columns]))
        }
    }

    @Test(arguments: tables) func firstAboveFindsTheFirst(_ set: InstructionSet) throws {
        let kernels = try Kernels(set)
        for count in [0, 1, 7, 8, 31, 32, 33, 100] {
            for place in 0..<count {
                var x = [Float](repeating: 1, count: count)
                x[place] = 2
                if place > 0 { x[0] = .nan }
                #expect(kernels.firstAbove(x, count: count, 1) == place)
            }
            #expect(kernels.firstAbove([Float](repeating: 1, count: count), count: count, 1) == count)
        }
    }

    @Test(arguments: tables, [1, 7, 8, 16, 33, 512])
    func layerNormMatchesFloat64(_ set: InstructionSet, width: Int) throws {
        let kernels = try Kernels(set)
        let x = Samples.normal(3 * width, seed: 8).map { $0 * 5 + 2 }
        let (weight, bias) = (Samples.normal(width, seed: 9), Samples.normal(width, seed: 10))
        var y = x
        kernels.table.layer_norm(y, 3, width, weight, bias, 1e-5, &y)
        for row in 0..<3 {
            let values = x[row * width..<(row + 1) * width].map(Double.init)
            let mean = values.reduce(0, +) / Double(width)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            let expected = values.indices.map {
                (values[$0] - mean) / (variance + 1e-5).squareRoot() * Double(weight[$0]) + Double(bias[$0])
            }
            #expect(Reference.largestDifference(Array(y[row * width..<(row + 1) * width]), expected) < 1e-4)
        }
    }

    @Test(arguments: tables, [1, 5, 8, 30, 501])
    func softmaxMatchesFloat64(_ set: InstructionSet, width: Int) throws {
        let kernels = try Kernels(set)
        let x = Samples.normal(2 * width, seed: 11).map { $0 * 20 }
        var y = x
        kernels.softmax(&y, rows: 2, columns: width, stride: width, scale: 0.3)
        for row in 0..<2 {
            let exponentials = Reference.exponentials(
                x[row * width..<(row + 1) * width].map { Double($0) * Double(Float(0.3)) })
            let total = exponentials.reduce(0, +)
            let expected = exponentials.map { $0 / total }
            #expect(Reference.largestDifference(Array(y[row * width..<(row + 1) * width]), expected) < 1e-6)
        }
    }

    @Test(arguments: tables)
    func activationsMatchFloat64(_ set: InstructionSet) throws {
        let kernels = try Kernels(set)
        let x: [Float] = (-1200...1203).map { Float($0) / 100 }
        for (activation, exact) in Reference.activations {
            var y = x
            kernels.activate(activation, &y, count: y.count)
            let error = zip(x, y).map { abs(exact(Double($0)) - Double($1)) / max(1, abs(Double($0))) }.max() ?? 0
            #expect(error < 4e-7, "\(activation)")
        }
    }

    @Test(arguments: tables)
    func gatedLinearUnitMatchesFloat64(_ set: InstructionSet) throws {
        let kernels = try Kernels(set)
        let (rows, columns) = (3, 21)
        let x = Samples.normal(rows * 2 * columns, seed: 12).map { $0 * 4 }
        var y = [Float](repeating: 0, count: rows * columns)
        kernels.gated(x, rows: rows, columns: columns, into: &y)
        for row in 0..<rows {
            for column in 0..<columns {
                let value = Double(x[row * 2 * columns + column])
                let gate = Double(x[row * 2 * columns + columns + column])
                #expect(abs(value * Reference.sigmoid(gate) - Double(y[row * columns + column])) < 1e-5)
            }
        }
    }

    @Test(arguments: tables, [1, 8, 19, 4096])
    func logSumExpMatchesFloat64(_ set: InstructionSet, count: Int) throws {
        let kernels = try Kernels(set)
        let x = Samples.normal(count, seed: 13).map { $0 * 10 }
        let (maximum, sum) = kernels.sumOfExponentials(x, count: count)
        #expect(maximum == x.max())
        let expected = Reference.exponentials(x.map(Double.init)).reduce(0, +)
        #expect(abs(Double(sum) - expected) / expected < 1e-6)
    }

    @Test(arguments: tables, [1, 3, 40])
    func attentionMatchesFloat64(_ set: InstructionSet, positions: Int) throws {
        let kernels = try Kernels(set)
        let (heads, dimension) = (3, 10)
        let width = heads * dimension
        let q = Samples.normal(width, seed: 14)
        let k = Samples.normal(positions * width, seed: 15)
        let v = Samples.normal(positions * width, seed: 16)
        var output = [Float](repeating: 0, count: width)
        var scratch = [Float](repeating: 0, count: positions)
        k.withUnsafeBufferPointer { k in
            v.withUnsafeBufferPointer { v in
                let keyRows = (0..<positions).map { row in k.baseAddress.map { $0 + row * width } }
                let valueRows = (0..<positions).map { row in v.baseAddress.map { $0 + row * width } }
                kernels.attend(
                    query: q, keys: keyRows, values: valueRows, positions: positions, heads: heads,
                    headDimension: dimension, scale: 0.5, scratch: &scratch, into: &output)
            }
        }
        for head in 0..<heads {
            let slice = head * dimension..<(head + 1) * dimension
            let scores = (0..<positions).map { t in
                slice.reduce(0.0) { $0 + Double(q[$1]) * Double(k[t * width + $1]) } * 0.5
            }
            let weights = Reference.exponentials(scores)
            let total = weights.reduce(0, +)
            for i in slice {
                let expected = (0..<positions).reduce(0.0) { $0 + weights[$1] / total * Double(v[$1 * width + i]) }
                #expect(abs(expected - Double(output[i])) < 1e-5)
            }
        }
    }

    @Test func notANumberIsNotHidden() throws {
        for set in Self.tables {
            let kernels = try Kernels(set)
            var x: [Float] = [1, .nan, 2, 3, 4, 5, 6, 7, 8, 9]
            kernels.activate(.silu, &x, count: x.count)
            #expect(x[1].isNaN)
            #expect(kernels.sumOfExponentials([1, .nan, 2, 0, 0, 0, 0, 0, 0], count: 9).sum.isNaN)
        }
    }
}
