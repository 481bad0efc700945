import Compute

#if canImport(Glibc)
import Glibc
#endif

/// The best tokens of the rows of a step, with their log-probabilities among all tokens: what remains of the logits.
///
/// The vocabulary is worked off in chunks, by several threads. Of each chunk and row are kept the largest logit and the sum
/// of the exponentials relative to it, which are added in the order of the vocabulary; each thread keeps the best tokens
/// that it has seen. So the result does not depend on which thread took which chunk. Reused from step to step, it allocates
/// nothing.
final class VocabularyRanking: @unchecked Sendable {
    // @unchecked: threads write the parts of different chunks, and logits and tokens of their own; the rest belongs to the
    // caller.

    /// What a search asks of one row.
    private struct Demand {
        /// How many tokens.
        let count: Int
        /// Tokens that must not be chosen; they stay in the log-sum-exp.
        let banned: Set<Int32>
        /// Its first token among those of all rows.
        let offset: Int
        /// Whether the logits were numbers.
        var isFinite = true
    }

    private struct Part {
        var maximum: Float
        var sum: Float
    }

    private let chunkColumns: Int
    private let chunks: Int
    private let vocabularySize: Int
    // For a projection that keeps a part of the vocabulary only: the tokens of its columns, ascending.
    private let shortlist: [Int32]?
    private var demands: [Demand] = []
    private var resultCount = 0
    private var most = 0
    private var threads = 0
    // [chunk][row]
    private var parts = Buffer<Part>()
    // [thread][row][most], and how many there are.
    private var tokens = Buffer<ScoredToken>(), counts = Buffer<Int>()
    private var results = Buffer<ScoredToken>()
    private var logits = Buffer<Float>()

    init(columns: Int, chunkColumns: Int, shortlist: [Int32]?) {
        self.chunkColumns = chunkColumns
        self.shortlist = shortlist
        vocabularySize = columns
        chunks = (columns + chunkColumns - 1) / chunkColumns
    }

    /// Rows that are asked for.
    var rows: Int { demands.count }

    /// Forgets the rows of the step before.
    func removeAll() {
        demands.removeAll(keepingCapacity: true)
        (resultCount, most) = (0, 0)
    }

    /// Asks for the best `count` tokens of the next row.
    func add(count: Int, banned: Set<Int32>) {
        demands.append(Demand(count: count, banned: banned, offset: resultCount))
        resultCount += count
        most = max(most, count)
    }

    /// Makes room for the rows and for the logits of so many threads.
    func reserve(threads: Int) {
        self.threads = threads
        parts.reserve(chunks * rows)
        tokens.reserve(threads * rows * most)
        counts.reserve(threads * rows)
        counts.start.update(repeating: 0, count: threads * rows)
        results.reserve(resultCount)
        logits.reserve(threads * rows * chunkColumns)
    }

    /// Where a thread puts the logits of a chunk: row after row, as many columns as the chunk has.
    func logits(thread: Int) -> UnsafeMutablePointer<Float> { logits.start + thread * rows * chunkColumns }

    /// Takes a chunk's logits, which a thread has put where ``logits(thread:)`` says.
    func take(chunk: Int, columns: Int, thread: Int, _ kernels: Kernels) {
        let logits = logits(thread: thread)
        for row in 0..<rows {
            let (maximum, sum) = kernels.sumOfExponentials(logits + row * columns, count: columns)
            parts.start[chunk * rows + row] = Part(maximum: maximum, sum: sum)
            rank(logits + row * columns, chunk: chunk, columns: columns, row: row, thread: thread, kernels)
        }
    }

    /// Merges the chunks of every row. As PyTorch, a log-probability is `(logit - maximum) - log(sum)`.
    func merge() {
        for row in demands.indices { merge(row) }
    }

    /// The best tokens of some rows, row after row: exactly as many as were asked for, the best first, equal ones by token.
    /// Where too few remain, others fill up with a log-probability of minus infinity. `nil` where logits were no numbers.
    func best(_ rows: Range<Int>) -> UnsafeBufferPointer<ScoredToken>? {
        guard rows.allSatisfy({ demands[$0].isFinite }), let last = rows.last else { return nil }
        let first = demands[rows.lowerBound].offset
        return UnsafeBufferPointer(
            start: results.start + first, count: demands[last].offset + demands[last].count - first)
    }

    private func rank(
        _ logits: UnsafePointer<Float>, chunk: Int, columns: Int, row: Int, thread: Int, _ kernels: Kernels
    ) {
        let limit = demands[row].count
        let isFree = demands[row].banned.isEmpty
        let best = tokens.start + (thread * rows + row) * most
        var count = counts.start[thread * rows + row]
        var index = 0
        while true {
            // Chunks come in any order: one that equals the last may precede it.
            let threshold = count == limit ? best[count - 1].score.nextDown : -Float.infinity
            index += kernels.firstAbove(logits + index, count: columns - index, threshold)
            guard index < columns else { break }
            let column = chunk * chunkColumns + index
            let token = shortlist.map { $0[column] } ?? Int32(column)
            if isFree || !demands[row].banned.contains(token) {
                ScoredToken(token: token, score: logits[index]).insert(into: best, count: &count, limit: limit)
            }
            index += 1
        }
        counts.start[thread * rows + row] = count
    }

    private func merge(_ row: Int) {
        let demand = demands[row]
        let best = results.start + demand.offset
        var (maximum, sum) = (-Float.infinity, Float(0))
        for chunk in 0..<chunks { maximum = max(maximum, parts.start[chunk * rows + row].maximum) }
        for chunk in 0..<chunks {
            let part = parts.start[chunk * rows + row]
            sum += part.sum * expf(part.maximum - maximum)
        }
        var count = 0
        for thread in 0..<threads {
            for index in 0..<counts.start[thread * rows + row] {
                tokens.start[(thread * rows + row) * most + index].insert(
                    into: best, count: &count, limit: demand.count)
            }
        }
        let logSum = logf(sum)
        demands[row].isFinite = maximum.isFinite && logSum.isFinite
        for index in 0..<count { best[index].score = (best[index].score - maximum) - logSum }
        fill(best, from: count, to: demand.count)
    }

    private func fill(_ best: UnsafeMutablePointer<ScoredToken>, from found: Int, to count: Int) {
        var filled = found
        var column = 0
        while filled < count, column < vocabularySize {
            let token = shortlist.map { $0[column] } ?? Int32(column)
            column += 1
            guard !(0..<found).contains(where: { best[$0].token == token }) else { continue }
            best[filled] = ScoredToken(token: token, score: -.infinity)
            filled += 1
        }
        // Searches never ask for more than there are.
        while filled < count {
            best[filled] = ScoredToken(token: 0, score: -.infinity)
            filled += 1
        }
    }
}

extension ScoredToken {
    /// Puts the token among the best `limit`, if it is: highest score first, equal ones by token.
    fileprivate func insert(into best: UnsafeMutablePointer<ScoredToken>, count: inout Int, limit: Int) {
        if count == limit {
            guard precedes(best[count - 1]) else { return }
            count -= 1
        }
        var place = count
        while place > 0 && precedes(best[place - 1]) {
            best[place] = best[place - 1]
            place -= 1
        }
        best[place] = self
        count += 1
    }

    private func precedes(_ other: ScoredToken) -> Bool {
        score > other.score || (score == other.score && token < other.token)
    }
}
