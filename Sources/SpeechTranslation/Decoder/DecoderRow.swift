/// One row of a decoder step: a beam of some utterance, and the token it goes on with.
struct DecoderRow {
    /// The token to read.
    let token: Int32
    /// Its position, 0 for the decoder's start token.
    let position: Int
    /// The beam's place among its utterance's beams.
    let slot: Int
    /// What the decoder remembers of the utterance.
    let memory: UtteranceMemory
}
