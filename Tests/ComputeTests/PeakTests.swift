import Testing

@testable import Compute

@Suite struct PeakTests {
    @Test(arguments: PackedProductTests.tables.indices)
    func operationsAreCounted(_ table: Int) {
        let kernels = PackedProductTests.tables[table]
        let float32 = kernels.peakFloat32(rounds: 1)
        #expect(float32 > 0)
        #expect(kernels.peakBFloat16(rounds: 1) == (kernels.instructionSet == .avx512BF16 ? 2 : 1) * float32)
        #expect(kernels.peakInt8(rounds: 1) >= float32)
        for peak in [kernels.peakFloat32, kernels.peakBFloat16, kernels.peakInt8] {
            #expect(peak(10) == 10 * peak(1))
            #expect(peak(0) == 0)
        }
    }
}
