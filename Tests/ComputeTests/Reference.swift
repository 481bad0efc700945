import Foundation

@testable import Compute

/// Float64 arithmetic to compare kernels with.
enum Reference {
    static func product(
        _ x: [Float], _ w: [Float], rows: Int, columns: Int, depth: Int, bias: [Float]?
    ) -> [Double] {
        (0..<rows * columns).map { index in
            let (row, column) = (index / columns, index % columns)
            var sum = 0.0
            for i in 0..<depth { sum += Double(x[row * depth + i]) * Double(w[column * depth + i]) }
            return sum + Double(bias?[column] ?? 0)
        }
    }

    static func largestDifference(_ actual: [Float], _ expected: [Double]) -> Double {
        guard actual.count == expected.count else { return .infinity }
        return zip(actual, expected).map { $0.0.isNaN ? .infinity : abs(Double($0.0) - $0.1) }.max() ?? 0
    }

    /// `exp(x - max)` of each.
    static func exponentials(_ x: [Double]) -> [Double] {
        let maximum = x.max() ?? 0
        return x.map { exp($0 - maximum) }
    }

    static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    static let activations: [(ActivationFunction, @Sendable (Double) -> Double)] = [
        (.gelu, { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }),
        (.geluTanh, { 0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) }),
        (.relu, { max($0, 0) }),
        (.silu, { $0 * sigmoid($0) }),
    ]
}
