import Synchronization

/// What a computation needs to run: a pool of threads and the kernels of an instruction set.
public final class ComputeContext: Sendable {
    /// The pool.
    public let pool: ThreadPool
    /// The kernels.
    public let kernels: Kernels
    /// The activations of the product in progress.
    let activations = Mutex(PreparedActivations())

    /// Chooses the kernels (see ``InstructionSet/select(environment:)``) and starts the threads.
    /// - Throws: ``ComputeError``.
    public convenience init(threads: Int, instructionSet: InstructionSet) throws(ComputeError) {
        try self.init(threads: threads, kernels: Kernels(instructionSet))
    }

    init(threads: Int, kernels: Kernels) throws(ComputeError) {
        BLAS.configured
        self.kernels = kernels
        pool = try ThreadPool(threadCount: threads)
    }

    /// Which OpenBLAS serves the large products.
    public static var blasDescription: String { BLAS.description }
}
