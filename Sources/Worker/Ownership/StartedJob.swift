/// Where it stands that a job is started.
struct StartedJob: Sendable, Hashable {
    /// The assignment of its partition.
    let epoch: Int
    /// The version of the partition's ledger.
    let version: UInt64
}
