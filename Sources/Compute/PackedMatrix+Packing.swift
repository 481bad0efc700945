extension PackedMatrix {
    /// Packs one panel, so that a converter need not hold more than 32 rows.
    ///
    /// Weights that are no finite numbers give scales that are none, and so do all products with them.
    /// - Parameters:
    ///   - rows: The panel's columns of the product, that is up to 32 rows of `depth` weights.
    ///   - panel: ``panelByteCount(precision:depth:)`` bytes, aligned for 32-bit elements.
    ///   - scales: ``scaleCount(precision:depth:)`` elements; `nil` for precisions without.
    public static func packPanel(
        precision: WeightPrecision, depth: Int, rows: [UnsafePointer<Float>], into panel: UnsafeMutableRawPointer,
        scales: UnsafeMutablePointer<UInt16>?
    ) {
        let words = panel.assumingMemoryBound(to: UInt32.self)
        let padding: UInt32 = precision.scaledDepth(of: depth) == nil ? 0 : 0x8080_8080
        words.update(repeating: padding, count: panelByteCount(precision: precision, depth: depth) / 4)
        scales?.update(repeating: 0, count: scaleCount(precision: precision, depth: depth))
        for (column, row) in rows.prefix(panelColumns).enumerated() {
            let weights = UnsafeBufferPointer(start: row, count: depth)
            switch precision {
            case .float32:
                for k in 0..<depth { words[k * panelColumns + column] = weights[k].bitPattern }
            case .bfloat16:
                let halves = panel.assumingMemoryBound(to: UInt16.self)
                for k in 0..<depth {
                    halves[(k / 2 * panelColumns + column) * 2 + k % 2] = bfloat16(weights[k]).littleEndian
                }
            case .int8, .int8Grouped:
                let bytes = panel.assumingMemoryBound(to: UInt8.self)
                let span = precision.scaledDepth(of: depth) ?? depth
                for (group, first) in stride(from: 0, to: depth, by: span).enumerated() {
                    let inputs = first..<min(first + span, depth)
                    let quantiser = Quantiser(weights[inputs])
                    scales?[group * panelColumns + column] = quantiser.scale
                    for k in inputs {
                        bytes[(k / 4 * panelColumns + column) * 4 + k % 4] = quantiser.biasedByte(weights[k])
                    }
                }
            }
        }
    }

    /// Packs a whole matrix into memory of its own.
    /// - Parameter weights: `columns` rows of `depth` elements.
    public init(precision: WeightPrecision, columns: Int, depth: Int, packing weights: UnsafePointer<Float>) {
        let storage = PackedStorage(precision: precision, columns: columns, depth: depth)
        let panelBytes = Self.panelByteCount(precision: precision, depth: depth)
        let panelScales = Self.scaleCount(precision: precision, depth: depth)
        for panel in 0..<Self.panelCount(columns: columns) {
            let first = panel * Self.panelColumns
            let rows = (first..<min(first + Self.panelColumns, columns)).map { weights + $0 * depth }
            Self.packPanel(
                precision: precision, depth: depth, rows: rows, into: storage.panels + panel * panelBytes,
                scales: storage.scales.map { $0 + panel * panelScales })
        }
        self.init(
            precision: precision, columns: columns, depth: depth, panels: UnsafeRawPointer(storage.panels),
            scales: storage.scales.map { UnsafePointer($0) }, owner: storage)
    }

    /// Rounds to nearest even; what is no number stays none.
    private static func bfloat16(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (bits &+ 0x7fff &+ (bits >> 16 & 1)) >> 16)
    }
}

/// Symmetric quantisation of some weights to -127...127.
private struct Quantiser {
    /// Bfloat16, rounded up, so that the largest weight stays within the range.
    let scale: UInt16
    private let inverse: Float

    init(_ weights: Slice<UnsafeBufferPointer<Float>>) {
        var largest: Float = 0
        // A comparison that lets what is no number through.
        for weight in weights where !(weight.magnitude <= largest) { largest = weight.magnitude }
        guard largest.isFinite else {
            (scale, inverse) = (0x7fc0, 0)
            return
        }
        // What is too small to be inverted counts as zero.
        guard largest > 1e-30 else {
            (scale, inverse) = (0, 0)
            return
        }
        scale = UInt16(truncatingIfNeeded: ((largest / 127).bitPattern &+ 0xffff) >> 16)
        inverse = 1 / Float(bitPattern: UInt32(scale) << 16)
    }

    func biasedByte(_ weight: Float) -> UInt8 {
        guard inverse > 0 else { return 128 }
        return UInt8(clamping: Int((weight * inverse).rounded(.toNearestOrEven)) + 128)
    }
}

/// The memory of a matrix that was packed here.
private final class PackedStorage {
    let panels: UnsafeMutableRawPointer
    let scales: UnsafeMutablePointer<UInt16>?

    init(precision: WeightPrecision, columns: Int, depth: Int) {
        let bytes = PackedMatrix.panelByteCount(precision: precision, columns: columns, depth: depth)
        panels = .allocate(byteCount: max(1, bytes), alignment: 64)
        let count = PackedMatrix.scaleCount(precision: precision, columns: columns, depth: depth)
        scales = count > 0 ? .allocate(capacity: count) : nil
    }

    deinit {
        panels.deallocate()
        scales?.deallocate()
    }
}
