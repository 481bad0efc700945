import ArgumentParser

/// What a worker does wrong on purpose, so that the verifier is seen to notice.
enum Sabotage: String, Codable, CaseIterable, ExpressibleByArgument, Sendable {
    /// A job counts as published before the brokers have its result.
    case commitEarly = "commit-early"
    /// What the last owner left in the commit's metadata is not looked at.
    case ignoreMetadata = "ignore-metadata"
    /// One job's result is not written.
    case dropResult = "drop-result"
    /// One job gets two results that differ.
    case twoResults = "two-results"
}
