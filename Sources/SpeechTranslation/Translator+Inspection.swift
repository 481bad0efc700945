import Checkpoint
import Compute

/// The hidden states inside the network, to compare checkpoints of different precision with.
extension Translator {
    /// The hidden states after a stage, a row for each frame or token.
    package struct StageStates: Sendable {
        package let stage: NetworkStage
        package let width: Int
        package let values: [Float]

        init(stage: NetworkStage, _ hidden: borrowing Matrix) {
            self.stage = stage
            width = hidden.columns
            values = hidden.elements()
        }
    }

    /// Encodes one utterance, keeping the hidden states of every stage.
    /// - Parameter samples: 16 kHz, mono, not normalised.
    package func inspectEncoder(
        _ samples: [Float]
    ) async throws -> (utterance: EncodedUtterance, states: [StageStates]) {
        try await onEngineThread { model, compute in
            var states: [StageStates] = []
            let frames = try model.encode(
                [samples], compute, observe: { states.append(StageStates(stage: $0, $1)) })
            return (EncodedUtterance(frames[0]), states)
        }
    }

    /// Reads given tokens, whatever the decoder would have chosen, keeping the hidden states of every stage.
    /// - Parameter tokens: What follows the start token.
    /// - Returns: States of `tokens.count` rows, the logits last: row `i` predicts `tokens[i]`.
    package func inspectDecoder(_ utterance: EncodedUtterance, tokens: [Int32]) async throws -> [StageStates] {
        let decoder = checkpoint.configuration.decoder
        guard !tokens.isEmpty, tokens.count <= decoder.maxPositions,
            tokens.allSatisfy({ 0..<decoder.vocabularySize ~= Int($0) })
        else {
            throw SpeechTranslationError(
                .invalidOption,
                "tokens: expected 1 to \(decoder.maxPositions), each below \(decoder.vocabularySize)")
        }
        let start = try resolve(DecodingOptions(beams: 1)).settings.startToken
        return try await onEngineThread { model, compute in
            let memory = model.decoder.memory(for: utterance.frames.matrix, beams: 1, compute)
            // As a prompt: all in one step.
            let rows = ([start] + tokens.dropLast()).enumerated().map { position, token in
                memory.tokens.beginShared()
                return DecoderRow(token: token, position: position, slot: 0, memory: memory)
            }
            let work = model.decoder.makeWorkspace(rows: rows.count, positions: max(rows.count, memory.frames.count))
            var states: [StageStates] = []
            model.decoder.step(rows, work, compute) { stage, hidden in
                states.append(StageStates(stage: stage, hidden))
            }
            let logits = model.projection.logits(work.hidden.pointer, rows: rows.count, compute)
            states.append(StageStates(stage: .logits, logits))
            return states
        }
    }
}
