import Audio
import Checkpoint
import Compute
import Tokenization

/// A checkpoint's networks, ready to run. The weights stay in the checkpoint's mapping.
struct TranslationModel: Sendable {
    let encoder: SpeechEncoder
    let decoder: TextDecoder
    let projection: VocabularyProjection

    init(_ checkpoint: Checkpoint) throws {
        let names = checkpoint.vocabularyNames
        let (size, width) = (checkpoint.configuration.decoder.vocabularySize, checkpoint.configuration.decoder.dModel)
        let embedding = try LinearWeight(checkpoint, names.embedding, inputs: width, outputs: size)
        let output = try LinearWeight(checkpoint, names.projection, inputs: width, outputs: size)
        encoder = try SpeechEncoder(checkpoint)
        decoder = try TextDecoder(checkpoint, embedding: embedding)
        projection = VocabularyProjection(weight: output, columns: size, width: width)
    }

    /// Encodes samples as they come from an ``AudioDecoder``: normalisation included.
    func encode(
        _ samples: [Float], _ compute: ComputeContext, checkCancellation: () throws -> Void = {}
    ) throws -> Matrix {
        try encoder.encode(AudioNormalizer.normalize(samples), compute, checkCancellation: checkCancellation)
    }
}
