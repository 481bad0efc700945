/// What a search needs before it can advance.
enum SearchDemand: Sendable {
    /// Nothing: the next token is fixed.
    case nothing
    /// The best tokens of every row.
    case scores([TokenDemand])
}
