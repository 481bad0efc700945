@testable import Checkpoint

extension Checkpoint {
    /// The decoder's token embedding and its output projection.
    func tiedEmbedding() throws -> (embedding: Float32Tensor, projection: Float32Tensor) {
        let names = vocabularyNames
        let shape = [configuration.decoder.vocabularySize, configuration.decoder.dModel]
        return (try tensor(names.embedding, shape: shape), try tensor(names.projection, shape: shape))
    }
}

extension Checkpoint {
    /// The weights of a checkpoint in a directory.
    var publishedWeights: WeightSet {
        get throws {
            guard case .published(let set) = weights else {
                throw CheckpointError(.unsupportedFormat, "\(path): a packed file")
            }
            return set
        }
    }
}
