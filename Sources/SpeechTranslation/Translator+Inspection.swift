import Compute

/// The hidden states inside the network, to compare checkpoints of different precision with.
extension Translator {
    /// The hidden states after a stage, a row for each frame or token.
    package struct StageStates: Sendable {
        package let stage: NetworkStage
        package let width: Int
        package fileprivate(set) var values: [Float]
    }

    /// Encodes one utterance, keeping the hidden states of every stage.
    /// - Parameter samples: 16 kHz, mono, not normalised.
    package func inspectEncoder(
        _ samples: [Float]
    ) async throws -> (utterance: EncodedUtterance, states: [StageStates]) {
        try await onEngineThread { model, compute in
            var states: [StageStates] = []
            let frames = try model.encode(
                samples, compute,
                observe: { states.append(StageStates(stage: $0, width: $1.columns, values: $1.elements())) })
            return (EncodedUtterance(frames), states)
        }
    }

    /// Reads given tokens, whatever the decoder would have chosen, keeping the hidden states of every stage.
    /// - Parameter tokens: What follows the start token.
    /// - Returns: States of `tokens.count` rows, the logits last: row `i` predicts `tokens[i]`.
    package func inspectDecoder(_ utterance: EncodedUtterance, tokens: [Int32]) async throws -> [StageStates] {
        let start = try resolve(DecodingOptions(beams: 1)).settings.startToken
        return try await onEngineThread { model, compute in
            let memory = model.decoder.memory(for: utterance.frames, beams: 1, compute)
            let work = DecoderWorkspace(
                rows: 1, width: model.decoder.width, innerWidth: model.decoder.innerWidth,
                positions: max(tokens.count, memory.frames.count))
            var states: [StageStates] = []
            for (position, token) in ([start] + tokens.dropLast()).enumerated() {
                var index = 0
                func keep(_ stage: NetworkStage, _ hidden: borrowing Matrix) {
                    if position == 0 { states.append(StageStates(stage: stage, width: hidden.columns, values: [])) }
                    states[index].values += hidden.elements()
                    index += 1
                }
                memory.tokens.begin(position: position)
                let row = DecoderRow(token: token, position: position, slot: 0, memory: memory)
                model.decoder.step([row], work, compute, observe: keep)
                keep(.logits, model.projection.logits(work.hidden.pointer, rows: 1, compute))
            }
            return states
        }
    }
}
