@testable import Worker

/// What a broker keeps of a group's commits for one partition.
struct GroupStore {
    struct Commit {
        var epoch: Int
        var session: UInt32
        var sequence: UInt64
        var base: Int64
        var metadata: String
        /// What the metadata is to say.
        var model: LedgerModel
    }

    /// The assignment whose owner may commit.
    var epoch = 0
    private(set) var latest: Commit

    init(_ first: Commit) { latest = first }

    /// Commits of earlier assignments, and of the same that are older than the latest, come too late.
    mutating func accept(_ commit: Commit) -> Bool {
        guard commit.epoch == epoch else { return false }
        guard latest.epoch < epoch || commit.sequence > latest.sequence else { return false }
        latest = commit
        return true
    }
}
