@testable import Compute

/// What packing and quantising make of numbers, written down independently of both.
enum PackedReference {
    static func weights(_ w: [Float], precision: WeightPrecision, rowLength: Int) -> [Float] {
        precision == .bfloat16 ? w.map(bfloat16) : activations(w, precision: precision, rowLength: rowLength)
    }

    static func activations(_ x: [Float], precision: WeightPrecision, rowLength: Int) -> [Float] {
        switch precision {
        case .float32, .bfloat16: x
        case .int8: quantised(x, rowLength: rowLength, span: rowLength)
        case .int8Grouped: quantised(x, rowLength: rowLength, span: 32)
        }
    }

    private static func quantised(_ x: [Float], rowLength: Int, span: Int) -> [Float] {
        var result: [Float] = []
        for row in stride(from: 0, to: x.count, by: rowLength) {
            for first in stride(from: 0, to: rowLength, by: span) {
                let values = x[row + first..<row + min(first + span, rowLength)]
                let largest = values.map(\.magnitude).max() ?? 0
                result += values.map {
                    largest == 0 ? 0 : ($0 * (127 / largest)).rounded(.toNearestOrEven) * (largest / 127)
                }
            }
        }
        return result
    }

    private static func bfloat16(_ value: Float) -> Float {
        let (down, up) = (value.bitPattern & 0xffff_0000, (value.bitPattern & 0xffff_0000) &+ 0x1_0000)
        let (below, above) = (Float(bitPattern: down), Float(bitPattern: up))
        let (left, right) = ((value - below).magnitude, (above - value).magnitude)
        return left < right || (left == right && down & 0x1_0000 == 0) ? below : above
    }
}
