extension PackedMatrix {
    /// The weights of one column of the product, that is a row of the matrix, as float32.
    /// - Parameters:
    ///   - column: `0 ..< columns`.
    ///   - target: `depth` elements.
    public func copyRow(_ column: Int, into target: UnsafeMutablePointer<Float>) {
        let panel = column / Self.panelColumns
        let lane = column % Self.panelColumns
        let start = panels + panel * Self.panelByteCount(precision: precision, depth: depth) + 4 * lane
        let step = 4 * Self.panelColumns
        switch precision {
        case .float32:
            for k in 0..<depth { target[k] = (start + k * step).loadUnaligned(as: Float.self) }
        case .bfloat16:
            for k in 0..<depth {
                let half = (start + k / 2 * step + k % 2 * 2).loadUnaligned(as: UInt16.self)
                target[k] = Float(bitPattern: UInt32(UInt16(littleEndian: half)) << 16)
            }
        case .int8, .int8Grouped:
            let span = precision.scaledDepth(of: depth) ?? depth
            let count = Self.scaleCount(precision: precision, depth: depth)
            for k in 0..<depth {
                let scale =
                    scales.map {
                        Float(bitPattern: UInt32($0[panel * count + k / span * Self.panelColumns + lane]) << 16)
                    } ?? 0
                target[k] = Float(Int((start + k / 4 * step)[k % 4]) - 128) * scale
            }
        }
    }
}

extension UnsafeRawPointer {
    fileprivate subscript(offset: Int) -> UInt8 { load(fromByteOffset: offset, as: UInt8.self) }
}
