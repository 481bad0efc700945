/// What a computation needs to run: a pool of threads and the kernels of an instruction set.
public final class ComputeContext: Sendable {
    /// The pool.
    public let pool: ThreadPool
    /// The kernels.
    public let kernels: Kernels

    /// Chooses the kernels (see ``InstructionSet/select(environment:)``) and starts the threads.
    /// - Throws: ``ComputeError``.
    public init(threads: Int, instructionSet: InstructionSet) throws(ComputeError) {
        BLAS.configured
        kernels = try Kernels(instructionSet)
        pool = try ThreadPool(threadCount: threads)
    }

    /// Which OpenBLAS serves the large products.
    public static var blasDescription: String { BLAS.description }
}
