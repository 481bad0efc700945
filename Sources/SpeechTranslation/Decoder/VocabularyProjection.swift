import Checkpoint
import Compute

/// Logits over the vocabulary, reduced at once to what a search needs of them: each row's log-sum-exp and best tokens.
///
/// The published checkpoints have 250,054 columns of 1,024 weights, 59% of all bytes that a step reads.
struct VocabularyProjection: Sendable {
    private static let columnsPerChunk = 1024

    private let columns: Int
    private let width: Int
    private let weight: LinearWeight
    private let shortlist: [Int32]?

    /// - Parameter shortlist: Where the weights are those of some tokens only: which, ascending.
    init(weight: LinearWeight, columns: Int, width: Int, shortlist: [Int32]? = nil) {
        self.weight = weight
        self.columns = columns
        self.width = width
        self.shortlist = shortlist
    }

    /// A ranking of this vocabulary.
    func makeRanking() -> VocabularyRanking {
        VocabularyRanking(columns: columns, chunkColumns: Self.columnsPerChunk, shortlist: shortlist)
    }

    /// All logits of some rows, to look at: `rows × columns`.
    func logits(_ hidden: UnsafePointer<Float>, rows: Int, _ compute: ComputeContext) -> Matrix {
        let result = Matrix(rows: rows, columns: columns)
        withFactors(hidden, rows: rows, compute) { $0.multiply(columns: 0..<columns, into: result.pointer, compute) }
        return result
    }

    /// Ranks the tokens after some rows.
    /// - Parameter hidden: As many rows of `width` as the ranking was asked for.
    func rank(_ hidden: UnsafePointer<Float>, _ ranking: VocabularyRanking, _ compute: ComputeContext) {
        ranking.reserve(threads: compute.pool.threadCount)
        withFactors(hidden, rows: ranking.rows, compute) { factors in
            compute.pool.run(chunks: (columns + Self.columnsPerChunk - 1) / Self.columnsPerChunk) { chunk, thread in
                let first = chunk * Self.columnsPerChunk
                let count = min(Self.columnsPerChunk, columns - first)
                factors.multiply(columns: first..<first + count, into: ranking.logits(thread: thread), compute)
                ranking.take(chunk: chunk, columns: count, thread: thread, compute.kernels)
            }
        }
        ranking.merge()
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

    private func withFactors(
        _ hidden: UnsafePointer<Float>, rows: Int, _ compute: ComputeContext, _ body: (Factors) -> Void
    ) {
        switch weight {
        case .float32(let weight): body(.float32(hidden, rows: rows, weight, width: width))
        case .packed(let weight):
            compute.withPrepared(hidden, rows: rows, depth: width, precision: weight.precision) { activations in
                body(.packed(activations, weight))
            }
        }
    }
}
