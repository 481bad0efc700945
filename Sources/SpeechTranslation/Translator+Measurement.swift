import Compute

/// Stages of a translation by themselves, for the benchmark.
extension Translator {
    /// An utterance after the encoder.
    package final class EncodedUtterance: Sendable {
        let frames: EncodedFrames

        init(_ frames: EncodedFrames) { self.frames = frames }

        /// Frames that the decoder attends to.
        package var frameCount: Int { frames.matrix.rows }
    }

    /// Encodes one utterance: 16 kHz, mono, not normalised.
    package func encode(_ samples: [Float]) async throws -> EncodedUtterance {
        try await onEngineThread { model, compute in EncodedUtterance(try model.encode([samples], compute)[0]) }
    }

    /// Generates exactly so many tokens: no end token ends the search early.
    /// - Returns: The tokens after the start token.
    package func generate(_ utterance: EncodedUtterance, beams: Int, tokens: Int) async throws -> [Int32] {
        var settings = try resolve(DecodingOptions(beams: beams, maxNewTokens: tokens)).settings
        settings.endTokens = []
        return try await onEngineThread { [settings] model, compute in
            var loop = DecodingLoop(model, compute)
            loop.join(utterance.frames.matrix, id: 0, settings)
            while !loop.isEmpty {
                if let (_, outcome) = loop.step().first { return Array(try outcome.get().tokens.dropFirst()) }
            }
            return []
        }
    }
}
