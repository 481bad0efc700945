/// What a search found.
struct SearchResult: Sendable, Hashable {
    /// The best sequence.
    var best: Hypothesis
    /// As many more as were asked for, or fewer where no more have finished; the best first.
    var others: [Hypothesis]
}
