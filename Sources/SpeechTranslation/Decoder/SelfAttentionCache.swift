import Compute

/// Keys and values of the tokens that an utterance's beams have read.
///
/// What a beam wrote stays where it is: when beams are reordered, each takes over its parent's list of places, one
/// slot per position, and nothing is copied.
final class SelfAttentionCache {
    private static let positionsPerBlock = 16

    private let layers: Int, slots: Int, width: Int
    // Positions come in blocks, so that memory grows with the text. In a block: layer, key or value, position, slot.
    private final class Block {
        let storage: Matrix
        init(rows: Int, width: Int) { storage = Matrix(rows: rows, columns: width) }
    }
    private var blocks: [Block] = []
    // For each slot the slots that hold its history, by position.
    private var histories: Sequences

    init(layers: Int, slots: Int, width: Int) {
        self.layers = layers
        self.slots = slots
        self.width = width
        histories = Sequences(rows: slots)
    }

    /// Makes slot `i` continue what slot `parents[i]` has read so far.
    func reorder(parents: [Int]) { histories.reorder(parents) }

    /// Makes room for the next position. Every slot reads a token of its own there.
    func begin() { append { Int32($0) } }

    /// Makes room for the next position. Slot 0 reads a token there that is the same for all.
    func beginShared() { append { _ in 0 } }

    private func append(_ owner: (_ slot: Int) -> Int32) {
        if histories.count / Self.positionsPerBlock == blocks.count {
            blocks.append(Block(rows: 2 * layers * Self.positionsPerBlock * slots, width: width))
        }
        histories.append(owner)
    }

    func store(
        key: UnsafePointer<Float>, value: UnsafePointer<Float>, layer: Int, position: Int, slot: Int
    ) {
        place(layer: layer, part: 0, position: position, slot: slot).update(from: key, count: width)
        place(layer: layer, part: 1, position: position, slot: slot).update(from: value, count: width)
    }

    /// The rows that a slot attends to: its own history, `count` positions.
    func gather(
        layer: Int, slot: Int, count: Int, keys: UnsafeMutablePointer<UnsafePointer<Float>?>,
        values: UnsafeMutablePointer<UnsafePointer<Float>?>
    ) {
        for position in 0..<count {
            let owner = Int(histories[slot, position])
            keys[position] = UnsafePointer(place(layer: layer, part: 0, position: position, slot: owner))
            values[position] = UnsafePointer(place(layer: layer, part: 1, position: position, slot: owner))
        }
    }

    private func place(layer: Int, part: Int, position: Int, slot: Int) -> UnsafeMutablePointer<Float> {
        let block = Self.positionsPerBlock
        let row = ((layer * 2 + part) * block + position % block) * slots + slot
        return blocks[position / block].storage.row(row)
    }
}
