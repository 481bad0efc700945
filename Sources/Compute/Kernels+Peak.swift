import CKernels

/// What one core can do at most, to measure the kernels by.
extension Kernels {
    /// Multiplies and adds float32 in registers, a few dozen times per round.
    /// - Returns: How many operations that was, a multiplication and an addition each.
    package func peakFloat32(rounds: Int) -> Int { table.peak(DRAGOMAN_FLOAT32, rounds) }

    /// The same with the products of the bfloat16 kernels: as many as of float32 where those widen their weights.
    package func peakBFloat16(rounds: Int) -> Int { table.peak(DRAGOMAN_BFLOAT16, rounds) }

    /// The same with the products of the int8 kernels.
    package func peakInt8(rounds: Int) -> Int { table.peak(DRAGOMAN_INT8, rounds) }
}
