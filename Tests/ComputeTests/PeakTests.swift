import Testing

@testable import Compute

@Suite struct PeakTests {
    @Test(arguments: InstructionSet.available)
    func operationsAreCounted(_ set: InstructionSet) throws {
        let kernels = try Kernels(set)
        let (float32, int8) = (kernels.peakFloat32(rounds: 1), kernels.peakInt8(rounds: 1))
        #expect(float32 > 0 && int8 >= float32)
        #expect(kernels.peakFloat32(rounds: 10) == 10 * float32)
        #expect(kernels.peakInt8(rounds: 10) == 10 * int8)
        #expect(kernels.peakFloat32(rounds: 0) == 0)
    }
}
