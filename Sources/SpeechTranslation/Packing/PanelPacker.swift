import Compute

/// Packs a matrix panel after panel, in memory for one, and collects the scales of all.
final class PanelPacker {
    /// The scales of the panels so far.
    private(set) var scales: [UInt16] = []

    private let precision: WeightPrecision
    private let depth: Int
    private let panel: UnsafeMutableRawBufferPointer
    private var panelScales: [UInt16]

    init(precision: WeightPrecision, depth: Int) {
        self.precision = precision
        self.depth = depth
        panel = .allocate(
            byteCount: PackedMatrix.panelByteCount(precision: precision, depth: depth), alignment: 64)
        panelScales = [UInt16](repeating: 0, count: PackedMatrix.scaleCount(precision: precision, depth: depth))
    }

    /// Packs the next rows, as many as a panel has columns or what is left.
    /// - Returns: The panel; valid until the next call.
    func pack(_ rows: UnsafeBufferPointer<Float>) -> UnsafeRawBufferPointer {
        guard let start = rows.baseAddress, let target = panel.baseAddress else { return UnsafeRawBufferPointer(panel) }
        let starts = stride(from: 0, to: rows.count, by: max(1, depth)).map { start + $0 }
        panelScales.withUnsafeMutableBufferPointer { buffer in
            PackedMatrix.packPanel(
                precision: precision, depth: depth, rows: starts, into: target, scales: buffer.baseAddress)
        }
        scales += panelScales
        return UnsafeRawBufferPointer(panel)
    }

    deinit { panel.deallocate() }
}
