import CKernels

/// The weights of a linear layer, `columns × depth`, in the layout of the kernels; a view of memory that `owner` keeps.
///
/// The columns of the product are cut into panels of 32. A panel is a run of steps of 128 bytes, four bytes for each
/// column: one float32, two bfloat16 or four bytes `q + 128` with `q` in -127...127. Columns and depth are padded with
/// zeros to whole panels and steps. Scales are bfloat16: `[panel][32]`, or `[panel][group][32]` with a group for every 32
/// inputs; those of columns that pad a panel are zero.
public struct PackedMatrix: @unchecked Sendable {
    // @unchecked: memory that nobody writes, and an owner that is only kept.

    /// Columns in a panel.
    public static let panelColumns = Int(DRAGOMAN_PACKED_COLUMNS)
    /// The greatest depth: the kernels' integer sums hold no more.
    public static let greatestDepth = 65_536

    /// Columns of the product, and the length of the sums.
    public let columns: Int, depth: Int
    /// How the weights are stored.
    public let precision: WeightPrecision

    let panels: UnsafeRawPointer
    let scales: UnsafePointer<UInt16>?
    private let owner: AnyObject

    /// A view of packed weights.
    /// - Parameters:
    ///   - panels: ``panelCount`` panels of ``panelByteCount(precision:depth:)`` bytes; best aligned to 64.
    ///   - scales: ``scaleCount(precision:columns:depth:)`` elements; `nil` for precisions without.
    ///   - owner: Keeps the memory alive.
    public init(
        precision: WeightPrecision, columns: Int, depth: Int, panels: UnsafeRawPointer, scales: UnsafePointer<UInt16>?,
        owner: AnyObject
    ) {
        self.precision = precision
        self.columns = columns
        self.depth = depth
        self.panels = panels
        self.scales = scales
        self.owner = owner
    }

    /// Bytes that a product with the whole matrix reads.
    public var byteCount: Int {
        Self.panelByteCount(precision: precision, columns: columns, depth: depth)
            + Self.scaleCount(precision: precision, columns: columns, depth: depth) * MemoryLayout<UInt16>.size
    }

    /// Number of panels.
    public var panelCount: Int { Self.panelCount(columns: columns) }

    /// Number of panels for so many columns.
    public static func panelCount(columns: Int) -> Int { (columns + panelColumns - 1) / panelColumns }

    /// Bytes of one panel.
    public static func panelByteCount(precision: WeightPrecision, depth: Int) -> Int {
        (depth + precision.stepDepth - 1) / precision.stepDepth * panelColumns * 4
    }

    /// Bytes of all panels.
    public static func panelByteCount(precision: WeightPrecision, columns: Int, depth: Int) -> Int {
        panelCount(columns: columns) * panelByteCount(precision: precision, depth: depth)
    }

    /// Scales of one panel.
    public static func scaleCount(precision: WeightPrecision, depth: Int) -> Int {
        guard let span = precision.scaledDepth(of: depth) else { return 0 }
        return max(1, (depth + span - 1) / span) * panelColumns
    }

    /// Scales of all panels.
    public static func scaleCount(precision: WeightPrecision, columns: Int, depth: Int) -> Int {
        panelCount(columns: columns) * scaleCount(precision: precision, depth: depth)
    }

    var view: dragoman_packed { dragoman_packed(columns: columns, depth: depth, panels: panels, scales: scales) }
}
