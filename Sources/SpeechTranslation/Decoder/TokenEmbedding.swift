import Checkpoint
import Compute

/// The decoder's token embedding, `vocabulary × width`.
struct TokenEmbedding: Sendable {
    private let weight: LinearWeight
    private let width: Int

    init(_ weight: LinearWeight, width: Int) {
        self.weight = weight
        self.width = width
    }

    /// The vector of a token.
    func copy(_ token: Int32, into target: UnsafeMutablePointer<Float>) {
        switch weight {
        case .float32(let table): target.update(from: table.pointer + Int(token) * width, count: width)
        case .packed(let matrix): matrix.copyRow(Int(token), into: target)
        }
    }
}
