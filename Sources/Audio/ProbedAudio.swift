/// A file whose container and codec are on the list.
struct ProbedAudio {
    let container: AudioContainer
    /// The byte ranges that libsndfile is to see, in the order it is to see them.
    let slices: [Range<Int64>]
}
