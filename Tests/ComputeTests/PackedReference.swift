@testable import Compute

/// What packing and quantising make of numbers, written down independently of both.
enum PackedReference {
    static func weights(_ w: [Float], precision: WeightPrecision, rowLength: Int) -> [Float] {
        switch precision {
        case .float32: w
        case .bfloat16: w.map(bfloat16)
        case .int8: quantised(w, rowLength: rowLength, span: rowLength, scale: roundedUp)
        case .int8Grouped: quantised(w, rowLength: rowLength, span: 32, scale: roundedUp)
        }
    }

    static func activations(
        _ x: [Float], precision: WeightPrecision, rowLength: Int, instructionSet: InstructionSet
    ) -> [Float] {
        switch precision {
        case .float32: x
        case .bfloat16: instructionSet == .avx512BF16 ? x.map(bfloat16) : x
        case .int8: quantised(x, rowLength: rowLength, span: rowLength) { $0 }
        case .int8Grouped: quantised(x, rowLength: rowLength, span: 32) { $0 }
        }
    }

    private static func quantised(
        _ x: [Float], rowLength: Int, span: Int, scale: (Float) -> Float
    ) -> [Float] {
        var result: [Float] = []
        for row in stride(from: 0, to: x.count, by: rowLength) {
            for first in stride(from: 0, to: rowLength, by: span) {
                let values = x[row + first..<row + min(first + span, rowLength)]
                let largest = values.map(\.magnitude).max() ?? 0
                let (exact, step) = (largest / 127, scale(largest / 127))
                // Activations are multiplied by 127 / largest, which is not quite 1 / exact.
                let inverse = step == exact ? 127 / largest : 1 / step
                result += values.map { largest == 0 ? 0 : ($0 * inverse).rounded(.toNearestOrEven) * step }
            }
        }
        return result
    }

    /// To the next of eight significant bits that is not smaller.
    private static func roundedUp(_ scale: Float) -> Float {
        let below = Float(bitPattern: scale.bitPattern & 0xffff_0000)
        return below == scale ? scale : Float(bitPattern: below.bitPattern + 0x1_0000)
    }

    private static func bfloat16(_ value: Float) -> Float {
        let (down, up) = (value.bitPattern & 0xffff_0000, (value.bitPattern & 0xffff_0000) &+ 0x1_0000)
        let (below, above) = (Float(bitPattern: down), Float(bitPattern: up))
        let (left, right) = ((value - below).magnitude, (above - value).magnitude)
        return left < right || (left == right && down & 0x1_0000 == 0) ? below : above
    }
}
