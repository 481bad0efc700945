import Testing

@testable import Compute

@Suite struct ComputeContextTests {
    static let contexts = InstructionSet.available.flatMap { set in [(set, 1), (set, 3)] }

    @Test(arguments: contexts)
    func productsMatchFloat64(_ set: InstructionSet, threads: Int) throws {
        let context = try ComputeContext(threads: threads, instructionSet: set)
        for (rows, columns, depth) in [(1, 5, 3), (20, 600, 48), (33, 257, 129)] {
            let x = Samples.normal(rows * depth, seed: 1)
            let w = Samples.normal(columns * depth, seed: 2)
            let bias = Samples.normal(columns, seed: 3)
            let expected = Reference.product(x, w, rows: rows, columns: columns, depth: depth, bias: bias)
            var y = [Float](repeating: .nan, count: rows * columns)
            context.multiply(x, rows: rows, k: depth, by: w, columns: columns, bias: bias, into: &y)
            #expect(Reference.largestDifference(y, expected) < 1e-4)
            context.multiply(x, rows: rows, k: depth, by: w, columns: columns, bias: bias, accumulate: true, into: &y)
            #expect(Reference.largestDifference(y, expected.map { 2 * $0 }) < 2e-4)
            context.multiplyFewRows(x, rows: rows, k: depth, by: w, columns: columns, bias: bias, into: &y)
            #expect(Reference.largestDifference(y, expected) < 1e-4)
        }
    }

    @Test func resultsDoNotDependOnTheThreadCount() throws {
        let (rows, columns, depth) = (50, 700, 96)
        let x = Samples.normal(rows * depth, seed: 4)
        let w = Samples.normal(columns * depth, seed: 5)
        let results = try [1, 2, 5].map { threads in
            let context = try ComputeContext(threads: threads, instructionSet: InstructionSet.available[0])
            var y = [Float](repeating: 0, count: rows * columns)
            context.multiply(x, rows: rows, k: depth, by: w, columns: columns, bias: nil, into: &y)
            var few = y
            context.multiplyFewRows(x, rows: rows, k: depth, by: w, columns: columns, bias: nil, into: &few)
            return y + few
        }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
    }

    @Test(arguments: contexts)
    func selfAttentionMatchesFloat64(_ set: InstructionSet, threads: Int) throws {
        let context = try ComputeContext(threads: threads, instructionSet: set)
        let (rows, heads, dimension) = (300, 2, 6)
        let width = heads * dimension
        let (q, k, v) = (
            Samples.normal(rows * width, seed: 6), Samples.normal(rows * width, seed: 7),
            Samples.normal(rows * width, seed: 8)
        )
        var output = [Float](repeating: 0, count: rows * width)
        context.selfAttention(
            queries: q, keys: k, values: v, rows: rows, heads: heads, headDimension: dimension, scale: 0.4,
            into: &output)
        for row in [0, 1, 255, 256, 299] {
            for head in 0..<heads {
                let slice = head * dimension..<(head + 1) * dimension
                let weights = Reference.exponentials(
                    (0..<rows).map { t in
                        slice.reduce(0.0) { $0 + Double(q[row * width + $1]) * Double(k[t * width + $1]) } * 0.4
                    })
                let total = weights.reduce(0, +)
                for i in slice {
                    let expected = (0..<rows).reduce(0.0) { $0 + weights[$1] / total * Double(v[$1 * width + i]) }
                    #expect(abs(expected - Double(output[row * width + i])) < 1e-5)
                }
            }
        }
    }

    @Test func anInstructionSetCanBeForced() throws {
        #expect(try InstructionSet.select(environment: ["DRAGOMAN_CPU": "scalar"]) == .baseline)
        #expect(try InstructionSet.select(environment: [:]) == InstructionSet.available.last)
        let error = #expect(throws: ComputeError.self) {
            try InstructionSet.select(environment: ["DRAGOMAN_CPU": "quantum"])
        }
        #expect(error?.message.contains("quantum") == true)
        #expect(error?.message.contains("scalar") == true)
    }
}
