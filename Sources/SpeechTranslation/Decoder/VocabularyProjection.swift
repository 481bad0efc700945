import Checkpoint
import Compute

/// Logits over the vocabulary, reduced at once to what a search needs of them: each row's log-sum-exp and best tokens.
///
/// The published checkpoints have 250,054 columns of 1,024 weights, 59% of all bytes that a step reads. They are taken
/// in chunks; partial sums and best tokens are merged in the order of the chunks, whatever thread computed them.
struct VocabularyProjection: Sendable {
    private static let columnsPerChunk = 1024

    let size: Int
    private let width: Int
    private let weight: LinearWeight

    init(weight: LinearWeight, size: Int, width: Int) {
        self.weight = weight
        self.size = size
        self.width = width
    }

    /// All logits of some rows, for tests: `rows × size`.
    func logits(_ hidden: UnsafePointer<Float>, rows: Int, _ compute: ComputeContext) -> Matrix {
        let result = Matrix(rows: rows, columns: size)
        let factors = factors(hidden, rows: rows, compute)
        factors.multiply(columns: 0..<size, into: result.pointer, compute)
        return result
    }

    /// The `count` best tokens of each row that are not banned in it, with their log-probabilities among all tokens.
    /// - Parameters:
    ///   - hidden: `demands.count × width`.
    ///   - demands: What each row asks for.
    func best(
        _ hidden: UnsafePointer<Float>, _ demands: [TokenDemand], _ compute: ComputeContext
    ) -> [TokenScores] {
        let rows = demands.count
        let factors = factors(hidden, rows: rows, compute)
        let chunks = (size + Self.columnsPerChunk - 1) / Self.columnsPerChunk
        return withUnsafeTemporaryAllocation(of: PartialScores.self, capacity: chunks * rows) { parts in
            let partials = parts.baseAddress
            compute.pool.run(chunks: chunks) { chunk in
                let first = chunk * Self.columnsPerChunk
                let columns = min(Self.columnsPerChunk, size - first)
                let logits = Matrix(rows: rows, columns: columns)
                factors.multiply(columns: first..<first + columns, into: logits.pointer, compute)
                for row in 0..<rows {
                    partials.map { $0 + chunk * rows + row }?.initialize(
                        to: PartialScores(
                            logits.row(row), count: columns, firstToken: Int32(first), demands[row],
                            compute.kernels))
                }
            }
            defer { parts.deinitialize() }
            return (0..<rows).map { row in
                TokenScores(
                    merging: (0..<chunks).map { parts[$0 * rows + row] }, demands[row], vocabularySize: size)
            }
        }
    }

    /// The rows and the weights, ready to be multiplied.
    private enum Factors {
        case float32(UnsafePointer<Float>, rows: Int, Float32Tensor, width: Int)
        case packed(PreparedActivations, PackedMatrix)

        /// Some columns of the product, from a multiple of ``columnsPerChunk`` on, on the calling thread.
        func multiply(columns: Range<Int>, into result: UnsafeMutablePointer<Float>, _ compute: ComputeContext) {
            switch self {
            case .float32(let hidden, let rows, let weight, let width):
                compute.multiplyFewRowsSerially(
                    hidden, rows: rows, k: width, by: weight.pointer + columns.lowerBound * width,
                    columns: columns.count, into: result)
            case .packed(let activations, let weight):
                let panel = PackedMatrix.panelColumns
                compute.multiplySerially(
                    activations, panels: columns.lowerBound / panel..<(columns.upperBound + panel - 1) / panel,
                    by: weight, into: result, stride: columns.count)
            }
        }
    }

    private func factors(_ hidden: UnsafePointer<Float>, rows: Int, _ compute: ComputeContext) -> Factors {
        switch weight {
        case .float32(let weight): return .float32(hidden, rows: rows, weight, width: width)
        case .packed(let weight):
            let activations = PreparedActivations()
            compute.prepare(hidden, rows: rows, depth: width, precision: weight.precision, into: activations)
            return .packed(activations, weight)
        }
    }
}
