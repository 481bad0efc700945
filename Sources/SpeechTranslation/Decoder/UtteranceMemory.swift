/// What the decoder remembers of one utterance: the encoder's frames, the same for all beams, and the tokens so far.
final class UtteranceMemory {
    let frames: CrossAttentionMemory
    let tokens: SelfAttentionCache

    init(frames: CrossAttentionMemory, tokens: SelfAttentionCache) {
        self.frames = frames
        self.tokens = tokens
    }
}
