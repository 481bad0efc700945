/// The header of a packed file: what is in it and where. Nothing in one that was read has been compared with the file yet.
struct PackedHeader: Sendable, Hashable {
    /// A stretch of the file.
    struct Section: Sendable, Hashable {
        var offset = 0
        var size = 0
    }

    struct File: Sendable, Hashable {
        var name: String
        var section = Section()
    }

    struct Tensor: Sendable, Hashable {
        var name: String
        var shape: [Int]
        var storage: TensorStorage
        var weights = Section()
        /// Of no size where there are no scales.
        var scales = Section()
    }

    var model: String
    var precision: String
    var sourceDigest: String
    var producer: String
    var files: [File]
    /// The tokens that were kept; `nil` where all were.
    var vocabulary: Section?
    var tensors: [Tensor]

    /// All sections in the order in which they lie in the file: each file, the vocabulary, then for each tensor its weights
    /// and its scales.
    var sections: [Section] {
        files.map(\.section) + [vocabulary].compactMap(\.self)
            + tensors.flatMap { $0.scales.size == 0 ? [$0.weights] : [$0.weights, $0.scales] }
    }
}
