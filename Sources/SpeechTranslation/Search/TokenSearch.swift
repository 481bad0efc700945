/// A search over token sequences, fed with scores from outside: it knows nothing of models.
protocol TokenSearch {
    /// What the next step needs.
    var demand: SearchDemand { get }

    /// Takes the scores of the last token of every row, or `nil` when none were demanded.
    /// - Returns: For each row the row it continues, or `nil` when the search is over.
    mutating func advance(_ scores: [TokenScores]?) -> [Int]?

    /// The last token of every row.
    var lastTokens: [Int32] { get }

    /// The best sequence, once the search is over.
    var result: Hypothesis { get }
}
