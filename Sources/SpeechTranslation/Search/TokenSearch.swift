/// A search over token sequences, fed with scores from outside: it knows nothing of models.
///
/// All sequences begin with the ``prompt``. As long as nothing else has been chosen the rows are the same, and one row's
/// scores stand for all.
protocol TokenSearch {
    /// The tokens that are fixed from the start: the decoder's start token and, where it is forced, the language.
    var prompt: [Int32] { get }

    /// Whether the search has ended; it may have before it began, where the longest length leaves nothing to choose.
    var isOver: Bool { get }

    /// How many of the best tokens of a row the next step needs.
    var candidateCount: Int { get }

    /// Tokens that must not be chosen for a row; they stay in the log-sum-exp.
    func bannedTokens(row: Int) -> Set<Int32>

    /// The last token of a row.
    func lastToken(row: Int) -> Int32

    /// Takes the best tokens after the last token of every row, or of one row that stands for all: ``candidateCount`` for
    /// each, the best first, with their log-probabilities.
    mutating func advance(_ scores: Span<ScoredToken>)

    /// For each row the row that it has continued in the last step.
    var parents: [Int] { get }

    /// What was found, once the search is over.
    var result: SearchResult { get }
}
