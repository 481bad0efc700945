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
        let width = checkpoint.configuration.decoder.dModel
        let shortlist = checkpoint.vocabularyShortlist
        let size = shortlist?.count ?? checkpoint.configuration.decoder.vocabularySize
        let embedding = try LinearWeight(checkpoint, names.embedding, inputs: width, outputs: size)
        let output = try LinearWeight(checkpoint, names.projection, inputs: width, outputs: size)
        encoder = try SpeechEncoder(checkpoint)
        decoder = try TextDecoder(checkpoint, embedding: TokenEmbedding(embedding, width: width, shortlist: shortlist))
        projection = VocabularyProjection(weight: output, columns: size, width: width, shortlist: shortlist)
    }

    /// Encodes samples as they come from an ``AudioDecoder``: normalisation included.
    func encode(
        _ utterances: [[Float]], _ compute: ComputeContext, checkCancellation: () throws -> Void = {},
        observe: StageObserver = { _, _ in }
    ) throws -> [EncodedFrames] {
        try encoder.encode(
            utterances.map(AudioNormalizer.normalize), compute, checkCancellation: checkCancellation,
            observe: observe)
    }
}
