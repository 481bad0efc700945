import Compute

/// What the machine can do at most, in a second: all threads reading memory, and multiplying in registers.
struct MachineLimits: Sendable {
    /// Bytes read from memory.
    var bandwidth: Double
    /// Multiplications and additions of float32.
    var float32: Double
    /// The same of the bfloat16 kernels: of float32, where these widen their weights.
    var bfloat16: Double
    /// The same of the int8 kernels.
    var int8: Double

    /// Between two measurements.
    static func mean(_ a: MachineLimits, _ b: MachineLimits) -> MachineLimits {
        MachineLimits(
            bandwidth: (a.bandwidth + b.bandwidth) / 2, float32: (a.float32 + b.float32) / 2,
            bfloat16: (a.bfloat16 + b.bfloat16) / 2, int8: (a.int8 + b.int8) / 2)
    }

    /// Seconds that so many operations take at the least.
    func seconds(of operations: [WeightPrecision: Int]) -> Double {
        operations.reduce(0) { sum, operation in
            switch operation.key {
            case .float32: sum + Double(operation.value) / float32
            case .bfloat16: sum + Double(operation.value) / bfloat16
            case .int8, .int8Grouped: sum + Double(operation.value) / int8
            }
        }
    }
}
