import CKernels

/// The instruction sets for which the kernels are compiled.
public enum InstructionSet: String, Sendable, CaseIterable {
    /// What every processor of the architecture has: SSE2 on x86-64, NEON on Arm.
    case baseline
    /// AVX2 and FMA.
    case avx2
    /// AVX-512 with VNNI.
    case avx512
    /// The same with products of bfloat16, which round activations for bfloat16 weights as well.
    case avx512BF16 = "avx512-bf16"

    /// Environment variable that forces one, for tests and for comparing machines.
    public static let environmentVariable = "DRAGOMAN_CPU"

    /// Those this machine can run, the slowest first.
    public static var available: [InstructionSet] { allCases.filter { dragoman_kernels_for($0.identifier) != nil } }

    /// The fastest this machine can run, or the one the environment asks for (`scalar` is another name of `baseline`).
    /// - Throws: ``ComputeError`` when the one asked for is unknown or not available here.
    public static func select(environment: [String: String]) throws(ComputeError) -> InstructionSet {
        let available = available
        guard let wanted = environment[environmentVariable], !wanted.isEmpty else { return available.last ?? .baseline }
        let name = wanted == "scalar" ? InstructionSet.baseline.rawValue : wanted
        guard let choice = available.first(where: { $0.rawValue == name }) else {
            let names = (["scalar"] + available.map(\.rawValue)).joined(separator: ", ")
            throw ComputeError(
                .unavailableInstructionSet,
                "\(environmentVariable)=\(wanted): this machine has \(names)")
        }
        return choice
    }

    var identifier: dragoman_isa {
        switch self {
        case .baseline: DRAGOMAN_ISA_BASELINE
        case .avx2: DRAGOMAN_ISA_AVX2
        case .avx512: DRAGOMAN_ISA_AVX512
        case .avx512BF16: DRAGOMAN_ISA_AVX512_BF16
        }
    }
}
