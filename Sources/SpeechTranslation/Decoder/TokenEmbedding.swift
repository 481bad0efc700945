import Checkpoint
import Compute

/// The decoder's token embedding, `vocabulary × width`.
struct TokenEmbedding: Sendable {
    private let weight: LinearWeight
    private let width: Int
    private let shortlist: [Int32]?

    /// - Parameter shortlist: Where only some tokens have a row: which, ascending.
    init(_ weight: LinearWeight, width: Int, shortlist: [Int32]? = nil) {
        self.weight = weight
        self.width = width
        self.shortlist = shortlist
    }

    /// The vector of a token.
    func copy(_ token: Int32, into target: UnsafeMutablePointer<Float>) {
        switch weight {
        case .float32(let table): target.update(from: table.pointer + row(of: token) * width, count: width)
        case .packed(let matrix): matrix.copyRow(row(of: token), into: target)
        }
    }

    /// Searches choose among the tokens that have a row, and those that are forced have one.
    private func row(of token: Int32) -> Int {
        guard let shortlist else { return Int(token) }
        var (low, high) = (0, shortlist.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if shortlist[middle] < token { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
