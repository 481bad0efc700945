import COpenBLAS

/// OpenBLAS, one thread per call: the engine's own pool calls it from several threads.
enum BLAS {
    /// Keeps OpenBLAS from starting threads of its own inside a call. It does not know of CPU quotas, and its pool would
    /// compete with ours.
    static let configured: Void = openblas_set_num_threads(1)

    /// `c = a bᵀ`, or `c += a bᵀ`; `a` is `m × k`, `b` is `n × k`, each with the distance between its rows.
    static func multiplyTransposed(
        m: Int, n: Int, k: Int, a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int,
        accumulate: Bool, c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, blasint(m), blasint(n), blasint(k), 1, a, blasint(lda), b,
            blasint(ldb), accumulate ? 1 : 0, c, blasint(ldc))
    }

    /// `c = a b`; `a` is `m × k`, `b` is `k × n`.
    static func multiply(
        m: Int, n: Int, k: Int, a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int,
        c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a, blasint(lda), b,
            blasint(ldb), 0, c, blasint(ldc))
    }

    /// Version and the kernels OpenBLAS chose for this processor.
    static var description: String {
        let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
        return configuration.split(separator: " ").prefix(2).joined(separator: " ")
            + (openblas_get_corename().map { " " + String(cString: $0) } ?? "")
    }
}
